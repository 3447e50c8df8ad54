"""Tokens that keystonemiddleware has asked about: a cache that it is given through the environment.

Its own has no bound, and looks at everything in it for each request. Each worker process has one.
"""

import collections
import threading
import time

#: Key of the environment of a request, and value of [keystone_authtoken]cache.
ENVIRON = 'minova.token_cache'
_MOST = 1000        # a token takes some 4 KiB


class TokenCache:
    """The part of a memcached client that auth_token uses."""

    def __init__(self):
        self._lock = threading.Lock()
        self._kept: collections.OrderedDict[str, tuple[float, bytes]] = collections.OrderedDict()

    def get(self, key: str) -> bytes | None:
        with self._lock:
            until, value = self._kept.get(key, (0.0, None))
            return value if time.monotonic() < until else None

    def set(self, key: str, value: bytes, **options) -> None:
        """Keep `value` for options['time'] seconds; the oldest of too many goes."""
        with self._lock:
            self._kept.pop(key, None)
            if options['time'] > 0:
                self._kept[key] = time.monotonic() + options['time'], value
            if len(self._kept) > _MOST:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Ask again about all of them: one has been ended, perhaps."""
        with self._lock:
            self._kept.clear()


#: That of this process.
shared = TokenCache()


class Middleware:
    """Hands the cache to auth_token, which comes next."""

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        environ[ENVIRON] = shared
        return self.application(environ, start_response)
