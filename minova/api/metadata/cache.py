"""Keeps what was looked up for a while: servers ask for many small things in a row."""

import threading
import time
from collections.abc import Callable

_MAX_ENTRIES = 4096     # of a few KiB each


class Cache:
    """Values that are forgotten after a time; safe to be used by several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._lock = threading.Lock()
        self._entries: dict[str, tuple[float, object]] = {}

    def get(self, key: str):
        """The value, or None when it is not there or too old."""
        with self._lock:
            expires, value = self._entries.get(key, (0.0, None))
        return value if expires > self._clock() else None

    def set(self, key: str, value, seconds: float) -> None:
        """Keep the value for `seconds`. Old ones make room, the oldest first."""
        if seconds <= 0:
            return
        now = self._clock()
        with self._lock:
            self._entries.pop(key, None)    # so that it is last in the order
            for old, (expires, _value) in list(self._entries.items()):
                if expires > now and len(self._entries) < _MAX_ENTRIES:
                    break
                del self._entries[old]
            self._entries[key] = (now + seconds, value)
