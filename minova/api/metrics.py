"""Measures requests, when that is configured."""

import time

from minova import metrics, wsgi
from minova.api.openstack.registry import readable

_METHODS = frozenset({'GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS'})


class RequestMetrics(wsgi.Middleware):
    """Time by method, route and status.

    Routes are told by their pattern: there are as many of these as the API has, whatever clients send.
    """

    @classmethod
    def factory(cls, global_config, **local_config):
        """paste.filter_factory: without metrics no filter at all."""
        return lambda app: cls(app) if metrics.is_set_up() else app

    def __call__(self, environ, start_response):
        begun = time.perf_counter()
        statuses = ['500']

        def start(status, headers, exc_info=None):
            statuses.append(status.partition(' ')[0])
            return start_response(status, headers, exc_info) if exc_info else \
                start_response(status, headers)

        try:
            return self.application(environ, start)
        finally:
            route = environ.get('routes.route')
            method = environ['REQUEST_METHOD']
            metrics.observe_request(
                method if method in _METHODS else 'other',
                readable(route.routepath) if route is not None else 'none',
                statuses[-1], time.perf_counter() - begun)
