"""The names of disks in servers: /dev/vda, /dev/vdb, ..."""

import itertools
import re
import string

from minova import exception

_NAME = re.compile(r'(/dev/x?[a-z]?d?)([a-z]+)[0-9]*')
_PREFIX = re.compile(r'(x?v|s|h)d')


def with_dev(name: str) -> str:
    """`name` with the folder in front: vdb -> /dev/vdb."""
    return name if name.startswith('/dev/') else f'/dev/{name}'


def without_dev(name: str | None) -> str | None:
    return name.removeprefix('/dev/') if name else name


def choose(root: str, used: list[str], wanted: str | None = None) -> str:
    """The name of a further disk in a server with the root disk `root` and these `used` names.

    What is wanted says the letter; the prefix is always that of the root disk. Raises
    InvalidDevicePath, DevicePathInUse.
    """
    match = _NAME.fullmatch(with_dev(root))
    if match is None:
        raise exception.InvalidDevicePath(path=root)
    taken = {_letter(name) for name in (*used, root)}
    if wanted is None:
        letter = next(letter for letter in _letters() if letter not in taken)
    else:
        wanted_match = _NAME.fullmatch(wanted)
        if wanted_match is None:
            raise exception.InvalidDevicePath(path=wanted)
        letter = wanted_match.group(2)
        if letter in taken:
            raise exception.DevicePathInUse(path=wanted)
    return match.group(1) + letter


def _letter(name: str) -> str:
    return _PREFIX.sub('', without_dev(name).rstrip(string.digits), count=1)


def _letters():
    for length in itertools.count(1):
        for letters in itertools.product(string.ascii_lowercase, repeat=length):
            yield ''.join(letters)
