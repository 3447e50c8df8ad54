"""The default policy rules, one module per extension, under Liberty's names.

Each module has `list_rules()`, which answers a list of oslo.policy rule defaults. To override one, name it
in the policy file; `oslopolicy-sample-generator --namespace minova` writes them all out.
"""

import importlib
import pkgutil


def list_rules() -> list:
    """The rules of all modules of this package."""
    rules = []
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        rules += importlib.import_module(f'{__name__}.{module}').list_rules()
    return rules
