"""Packages that are installed for the time of a test.

`installed(folder)` puts a folder with packages and their *.dist-info on the path, as
`pip install --target FOLDER` fills it. `write(folder, name, ...)` makes such a package out of
texts, without building anything.
"""

import contextlib
import importlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from stevedore import ExtensionManager


def write(folder: Path, name: str, files: Mapping[str, str],
          entry_points: Mapping[str, Mapping[str, str]], version: str = '1.0') -> Path:
    """Install the package `name` into `folder`; return `folder`.

    `files` maps paths below `folder` to texts; `entry_points` maps groups to {name: value}.
    """
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    info.joinpath('METADATA').write_text(
        f'Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n')
    lines = []
    for group, points in entry_points.items():
        lines += [f'[{group}]', *(f'{key} = {value}' for key, value in points.items()), '']
    info.joinpath('entry_points.txt').write_text('\n'.join(lines))
    return folder


@contextlib.contextmanager
def installed(folder: Path) -> Iterator[None]:
    """Let this process find what is in `folder`; forget its modules and entry points afterwards."""
    sys.path.insert(0, str(folder))
    _forget_entry_points()
    before = set(sys.modules)
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name in set(sys.modules) - before:
            file = getattr(sys.modules[name], '__file__', None) or ''
            if Path(file).is_relative_to(folder):
                del sys.modules[name]
        _forget_entry_points()


def _forget_entry_points() -> None:
    """What stevedore and minova remember of the packages that are installed."""
    from minova.api.openstack import packages
    from minova.api.openstack.compute import server_extensions

    importlib.invalidate_caches()
    ExtensionManager.ENTRY_POINT_CACHE.clear()
    server_extensions.load.cache_clear()
    packages.forget()
