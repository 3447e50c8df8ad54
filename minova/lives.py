"""Which life of the cloud something belongs to: a reset ends one and begins the next.

What began before a reset must not write afterwards: the rows that it knows are gone, and their ids may be
given to others. So each request and each piece of work notes the life in which it begins (`enter`,
`within`), and the database refuses transactions of a life that is over (`check`).
"""

import contextlib
import contextvars
from collections.abc import Iterator

from minova import exception

_current = 1
_own: contextvars.ContextVar[int | None] = contextvars.ContextVar('minova_life', default=None)


def current() -> int:
    """The number of the life that this process is in."""
    return _current


def end() -> None:
    """End the current life. To be called while nobody is in a transaction."""
    global _current
    _current += 1


def enter() -> contextvars.Token:
    """What this thread does until it calls leave() with the answer belongs to the current life."""
    return _own.set(_current)


leave = _own.reset


@contextlib.contextmanager
def within(life: int | None) -> Iterator[None]:
    """What happens inside belongs to `life`; None: to none, so that it may always write."""
    token = _own.set(life)
    try:
        yield
    finally:
        _own.reset(token)


def check() -> None:
    """Raise CloudWasReset in a thread whose life is over. One that has none lives for ever."""
    own = _own.get()
    if own is not None and own != _current:
        raise exception.CloudWasReset()
