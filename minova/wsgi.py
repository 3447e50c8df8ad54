"""WSGI: applications from the paste file, middleware, and the server on eventlet.

The loader and the base classes run behind any WSGI server; only `Server` knows eventlet.
"""

import functools
import gc
import logging
import os
import pathlib
import sysconfig
from collections.abc import Callable, Iterable

import webob
import webob.exc
from paste import deploy

from minova import exception, sockets
from minova.conf import CONF

WSGIApp = Callable[[dict, Callable], Iterable[bytes]]

_ROOT = pathlib.Path(__file__).resolve().parent.parent


class Loader:
    """Turns names of the paste file into applications."""

    def __init__(self, config_path: str | None = None):
        """:param config_path: the paste file; None: as [DEFAULT]api_paste_config says
        :raises minova.exception.ConfigNotFound: there is none; the message has the path
        """
        wanted = config_path or CONF.api_paste_config
        found = os.path.abspath(wanted) if os.path.isfile(wanted) else None
        if not found and not os.path.isabs(wanted):
            found = CONF.find_file(wanted) or _find_packaged(wanted)
        if not found:
            raise exception.ConfigNotFound(path=os.path.abspath(wanted))
        self.config_path = found

    def load_app(self, name: str) -> WSGIApp:
        """Return the application called `name`.

        :raises minova.exception.PasteAppNotFound: the paste file has no such application, or
            lacks a part of it; the message has the path
        """
        try:
            return deploy.loadapp(f"config:{self.config_path}", name=name)
        except LookupError as exc:
            if type(exc) is not LookupError:  # paste's own are plain ones: this is a bug elsewhere
                raise
            error = exception.PasteAppNotFound(name=name, path=self.config_path)
            raise exception.PasteAppNotFound(f"{error}: {exc}") from exc


def _find_packaged(name: str) -> str | None:
    """Find `name` among the files that come with minova: in the source tree, or as installed."""
    places = [_ROOT / "etc", _ROOT / "etc" / "minova"]
    for scheme in (sysconfig.get_default_scheme(), sysconfig.get_preferred_scheme("user")):
        places.append(pathlib.Path(sysconfig.get_path("data", scheme)) / "etc" / "minova")
    return next((str(place / name) for place in places if (place / name).is_file()), None)


class Application:
    """Base of WSGI applications that the paste file names."""

    @classmethod
    def factory(cls, global_config: dict, **local_config: str) -> "Application":
        """Make the application for paste; local_config are the settings of its section."""
        return cls(**local_config)

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        raise NotImplementedError


class Middleware(Application):
    """Base of filters that the paste file names.

    A filter overrides process_request, process_response or both. What it does not override costs
    nothing: the request goes straight through.
    """

    request_class: type[webob.Request] = webob.Request

    @classmethod
    def factory(cls, global_config: dict, **local_config: str) -> Callable[[WSGIApp], WSGIApp]:
        """Make the filter for paste; local_config are the settings of its section."""
        return lambda app: cls(app, **local_config)

    def __init__(self, application: WSGIApp):
        self.application = application
        self._sees_responses = type(self).process_response is not Middleware.process_response

    def process_request(self, req: webob.Request) -> webob.Response | None:
        """Return an answer to end the request here, None to let it go on."""
        return None

    def process_response(self, response: webob.Response) -> webob.Response:
        """Return the answer to send, usually `response` itself, changed."""
        return response

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        req = self.request_class(environ)
        try:
            response = self.process_request(req)
        except webob.exc.HTTPException as exc:
            response = exc
        if response is None:
            if not self._sees_responses:
                return self.application(environ, start_response)
            response = self.process_response(req.get_response(self.application))
        return response(environ, start_response)


@functools.lru_cache(maxsize=1024)
def _capitalized(name: str) -> str:
    return "-".join([part.capitalize() for part in name.split("-")])


def _capitalizing(app: WSGIApp) -> WSGIApp:
    """`app` with the names of its headers written as eventlet would write them, each worked out once."""

    def capitalizing_app(environ: dict, start_response: Callable) -> Iterable[bytes]:
        def start(status: str, headers: list, exc_info=None) -> Callable:
            return start_response(
                status, [(_capitalized(name), value) for name, value in headers], exc_info)

        return app(environ, start)

    return capitalizing_app


class _ServerLog:
    """Takes what eventlet.wsgi has to say, all of it by info(), to the level where it belongs."""

    def __init__(self, logger: logging.Logger):
        self._logger = logger
        self.debug = logger.debug
        self.error = logger.error

    def info(self, message: str) -> None:
        if message.startswith("Traceback "):
            self._logger.error(message)
        elif message.startswith((f"({os.getpid()}) wsgi ", "wsgi exiting")):
            self._logger.debug(message)
        elif message and self._logger.isEnabledFor(logging.INFO):
            # The access line; empty when it is switched off. Not by info(), which walks through the
            # stack to find out, for each line anew, that it comes from here.
            self._logger.handle(self._logger.makeRecord(
                self._logger.name, logging.INFO, __file__, 0, "%s", (message,), None))


class Server:
    """An HTTP server for one application on one address, in green threads.

    The socket listens from the start, so that workers forked later share it. Settings of
    connections, TLS and log come from the configuration.
    """

    def __init__(
        self,
        name: str,
        app: WSGIApp,
        host: str = "127.0.0.1",
        port: int = 0,
        use_ssl: bool = False,
        max_url_len: int | None = None,
    ):
        """:param host: address, host name or unix:/path
        :param port: TCP port, 0 for any free one
        :param max_url_len: longest request line in bytes; None: [DEFAULT]max_url_len
        :raises minova.exception.CannotListen: the address cannot be had
        :raises minova.exception.TLSFilesInvalid: use_ssl, and the files are not in order
        """
        self.name = name
        self.app = app
        self.max_url_len = max_url_len or CONF.max_url_len
        self._logger = logging.getLogger(f"minova.{name}.wsgi.server")
        tls = None
        if use_ssl:
            tls = sockets.tls_context(CONF.ssl_cert_file, CONF.ssl_key_file, CONF.ssl_ca_file)
        self.listener = sockets.Listener(
            sockets.listen(host, port, CONF.backlog), CONF.tcp_keepidle, tls
        )
        self._environ = {"wsgi.url_scheme": "https", "HTTPS": "on"} if tls else {}
        self._pool = None
        self._thread = None

    @property
    def url(self) -> str:
        return self.listener.url

    def start(self, on_end: Callable[[], None] | None = None) -> None:
        """Begin to serve in a green thread of this process.

        :param on_end: called when serving ends, be it by stop() or by a failure
        """
        import eventlet
        from eventlet import wsgi

        from minova import http_head

        # What is loaded now stays; and a page of servers is made of so many objects that with the
        # usual threshold the collector would walk through them dozens of times, in vain.
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        wsgi.MAX_HEADER_LINE = CONF.max_header_line
        wsgi.MAX_TOTAL_HEADER_SIZE = max(wsgi.MAX_TOTAL_HEADER_SIZE, 4 * CONF.max_header_line)
        self._pool = eventlet.GreenPool(CONF.wsgi_default_pool_size)
        self._thread = eventlet.spawn(
            wsgi.server,
            self.listener,
            _capitalizing(self.app),
            protocol=http_head.HttpProtocol,
            capitalize_response_headers=False,
            log=_ServerLog(self._logger),
            log_format=CONF.wsgi_log_format if CONF.wsgi_access_log else "",
            environ=self._environ,
            custom_pool=self._pool,
            keepalive=CONF.wsgi_keep_alive,
            socket_timeout=CONF.client_socket_timeout or None,
            url_length_limit=self.max_url_len,
            debug=False,
        )
        if on_end:
            self._thread.link(lambda thread: on_end())

    def stop(self) -> None:
        """Accept nothing more and close idle connections. Requests in progress go on."""
        if self._thread is not None:
            self._thread.kill()

    def wait(self) -> None:
        """Wait until the last request is answered."""
        from greenlet import GreenletExit

        if self._thread is not None:
            try:
                self._thread.wait()
            except GreenletExit:
                self._logger.debug("Stopped %s", self.name)

    def reset(self) -> None:
        """Take over the settings that can change while serving."""
        if self._pool is not None:
            self._pool.resize(CONF.wsgi_default_pool_size)

    def close(self) -> None:
        """Give up the address."""
        self.listener.close()
