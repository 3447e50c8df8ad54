"""A filter that answers 429 to whoever asks too often; in no pipeline unless the operator puts it there.

    [filter:ratelimit]
    paste.filter_factory = minova.api.ratelimit:RateLimiter.factory
    requests = 20
    burst = 100

Behind the filters that find out who asks it counts by user, before them by address. Each worker process
counts for itself: it keeps a client that runs wild from the database, and is no accounting.
"""

import collections
import math
import time

import webob.exc

from minova import exception, wsgi
from minova.api.openstack.faults import Fault

#: Clients that are remembered. Who was forgotten begins anew.
_CLIENTS = 10_000


class RateLimiter(wsgi.Middleware):
    """A bucket for each client: a request takes one token, `requests` a second come back, up to `burst`."""

    def __init__(self, application, requests: str = '20', burst: str = '100', clock=time.monotonic):
        """Raises InvalidInput for settings that are no numbers, or below 1 in a second."""
        super().__init__(application)
        self._rate, self._burst = _number('requests', requests), _number('burst', burst)
        self._clock = clock
        #: (tokens, when there were so many) by client, the one longest ago first.
        self._buckets: collections.OrderedDict[str, tuple[float, float]] = collections.OrderedDict()

    def __call__(self, environ, start_response):
        wait = self._take(_client(environ))
        if not wait:
            return self.application(environ, start_response)
        return Fault(webob.exc.HTTPTooManyRequests(
            explanation='This request was rate-limited.',
            headers={'Retry-After': str(math.ceil(wait))}))(environ, start_response)

    def _take(self, client: str) -> float:
        """Take a token out of the client's bucket; the seconds until there is one, or 0."""
        now = self._clock()
        tokens, then = self._buckets.pop(client, (self._burst, now))
        tokens = min(self._burst, tokens + (now - then) * self._rate)
        self._buckets[client] = (tokens - 1 if tokens >= 1 else tokens, now)
        if len(self._buckets) > _CLIENTS:
            self._buckets.popitem(last=False)
        return 0 if tokens >= 1 else (1 - tokens) / self._rate


def _client(environ) -> str:
    context = environ.get('nova.context')
    if context is not None:
        return f'user {context.user_id}'
    return f'address {environ.get("REMOTE_ADDR")}'


def _number(name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 1 <= number < math.inf:
        raise exception.InvalidInput(reason=f'{name} = {text} of the rate limit is not a number from 1 on')
    return number
