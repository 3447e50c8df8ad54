"""Which installed package something comes from: for people who read a listing or a refusal.

Nothing of this is looked at while requests are served.
"""

import functools
import importlib.metadata

UNKNOWN = 'unknown'


@functools.lru_cache(maxsize=None)
def _by_entry_point() -> dict[tuple[str, str, str], str]:
    return {(point.group, point.name, point.value): distribution.metadata['Name']
            for distribution in importlib.metadata.distributions()
            for point in distribution.entry_points}


@functools.lru_cache(maxsize=None)
def _by_module() -> dict[str, str]:
    """Packages by the modules that their entry points name, which editable installs have too."""
    found = {name: packages[0] for name, packages in
             importlib.metadata.packages_distributions().items()}
    for (_group, _name, value), package in _by_entry_point().items():
        found.setdefault(value.partition(':')[0].partition('.')[0].strip(), package)
    return found


def of_entry_point(entry_point) -> str:
    """The package that declares the entry point."""
    key = (entry_point.group, entry_point.name, entry_point.value)
    return _by_entry_point().get(key, UNKNOWN)


def of_module(module: str) -> str:
    """The package that brings the module."""
    return _by_module().get(module.partition('.')[0], UNKNOWN)


def forget() -> None:
    """Look anew at what is installed."""
    _by_entry_point.cache_clear()
    _by_module.cache_clear()
