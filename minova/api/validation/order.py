"""The order in which a dict of Python 2 gives its keys.

Nova 12 runs on Python 2 and reports the first fault it comes to, so which of two bad properties is told
depends on where their names lie in a hash table. This is that table, as CPython 2.7 builds it on 64 bits.
"""

from collections.abc import Iterable

_WORD = (1 << 64) - 1
_SMALLEST = 8


def python2(keys: Iterable[str]) -> list[str]:
    """`keys`, which are put into a dict in this order, in the order in which it has them."""
    table: list[str | None] = [None] * _SMALLEST
    used = 0
    for key in keys:
        slot = _slot(table, key)
        if table[slot] is not None:
            continue
        table[slot] = key
        used += 1
        if used * 3 >= len(table) * 2:
            table = _grown(table, used)
    return [key for key in table if key is not None]


def _grown(table: list[str | None], used: int) -> list[str | None]:
    size = _SMALLEST
    while size <= used * 4:
        size *= 2
    grown: list[str | None] = [None] * size
    for key in table:
        if key is not None:
            grown[_slot(grown, key)] = key
    return grown


def _slot(table: list[str | None], key: str) -> int:
    """Where `key` lies in the table, or would."""
    mask = len(table) - 1
    place = perturb = _hash(key)
    while table[place & mask] not in (None, key):
        place = (5 * place + perturb + 1) & _WORD
        perturb >>= 5
    return place & mask


def _hash(text: str) -> int:
    if not text:
        return 0
    value = (ord(text[0]) << 7) & _WORD
    for character in text:
        value = (1000003 * value & _WORD) ^ ord(character)
    value ^= len(text)
    return _WORD - 1 if value == _WORD else value
