"""Things that a deployment is to start with, declared in a YAML file ([DEFAULT]fixtures_file).

Each section of the file is handed to the room that keeps such things, which adds those that are not there
yet and leaves the others alone; so the file may be loaded at every start. A `file` that an item names is seen
from the folder of the fixtures file.
"""

import importlib

import yaml

from minova import exception
from minova.image import declared

#: Section of the file -> the module and the function that take its list of dicts.
SECTIONS = {
    'flavors': ('minova.compute.flavors', 'load_fixtures'),
    'images': ('minova.image', 'begin_with'),
    'networks': ('minova.network', 'load_fixtures'),
    'topology': ('minova.network', 'load_topology'),
    'services': ('minova.compute.host', 'load_fixtures'),
}


def load(path: str) -> None:
    """Load the file at `path`; raises FixturesError for one that is missing or makes no sense."""
    try:
        with open(path, encoding='utf-8') as f:
            document = yaml.safe_load(f) or {}
    except (OSError, yaml.YAMLError) as e:
        raise exception.FixturesError(path=path, reason=e) from e
    if not isinstance(document, dict):
        raise exception.FixturesError(path=path, reason='it is not a mapping of sections')
    for section, items in document.items():
        try:
            module, function = SECTIONS[section]
        except KeyError:
            raise exception.FixturesError(
                path=path, reason=f'there is no section {section}; there are '
                                  f'{", ".join(SECTIONS)}') from None
        try:
            getattr(importlib.import_module(module), function)(declared.located(items, path))
        except (KeyError, TypeError, ValueError, exception.Invalid) as e:
            raise exception.FixturesError(path=path, reason=f'{section}: {e}') from e
