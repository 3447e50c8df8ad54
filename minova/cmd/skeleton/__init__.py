"""The files of a new extension, as `minova-manage extension new` writes them.

Each *.tmpl is a string.Template: $package (minova-notes), $module (minova_notes), $alias and $collection
(notes), $cls (Notes). `__module__` in a path stands for the module.
"""
