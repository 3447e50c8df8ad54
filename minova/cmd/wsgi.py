"""minova-api-wsgi: the compute API for any WSGI server, with that server's kind of threads.

    waitress-serve --listen 127.0.0.1:8774 --call minova.cmd.wsgi:init_application
    gunicorn 'minova.cmd.wsgi:init_application()'

Servers that want a module with a ready `application` take minova.cmd.wsgi_application.
"""

import atexit
import os

from minova import config, wsgi


def init_application(name: str = "osapi_compute") -> wsgi.WSGIApp:
    """Read the configuration and return the application that the paste file calls `name`.

    OS_MINOVA_CONFIG_FILE names the configuration file, several separated by `:`, and
    OS_MINOVA_CONFIG_DIR folders of them; without, the usual places are looked at.
    """
    config.parse_args(
        [],
        prog="minova-api-wsgi",
        config_files=_paths("OS_MINOVA_CONFIG_FILE"),
        config_dirs=_paths("OS_MINOVA_CONFIG_DIR"),
    )
    from minova import compute
    from minova.db import migration

    migration.ensure_ready()
    application = wsgi.Loader().load_app(name)
    compute.backend().start()
    atexit.register(compute.backend().stop)
    return application


def _paths(variable: str) -> list[str] | None:
    value = os.environ.get(variable)
    return value.split(os.pathsep) if value else None
