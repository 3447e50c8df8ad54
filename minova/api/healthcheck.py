"""/healthcheck, for load balancers: oslo.middleware's, and a look at the database.

[healthcheck]backends say what is looked at; the default is `minova_database`, and oslo.middleware has
others, disable_by_file for one.
"""

import threading

from minova import wsgi


class Healthcheck(wsgi.Application):
    """200 OK, or 503 with the reason. It is loaded when somebody asks: that keeps the start short."""

    def __init__(self, **local_config: str):
        self._config = local_config
        self._application = None
        self._lock = threading.Lock()

    def __call__(self, environ, start_response):
        if self._application is None:
            with self._lock:
                if self._application is None:
                    from oslo_config import cfg
                    from oslo_middleware import healthcheck
                    from oslo_middleware.healthcheck import opts
                    cfg.set_defaults(opts.HEALTHCHECK_OPTS, backends=['minova_database'])
                    self._application = healthcheck.Healthcheck.app_factory({}, **self._config)
        return self._application(environ, start_response)
