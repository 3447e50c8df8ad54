"""HTTP for applications in this process: waitress, whose threads end when they are told to."""

import threading

from minova import exception

_HOST = '127.0.0.1'
_POLL_SECONDS = 30.0        # how long it sleeps when nothing comes; what comes wakes it


class Server:
    """An application on a port that the kernel chooses. The port is known before the application is."""

    def __init__(self, name: str, threads: int):
        """:raises minova.exception.TestingUnavailable: waitress is not installed"""
        try:
            import waitress.server
            from waitress import wasyncore
        except ImportError as error:
            raise exception.TestingUnavailable(reason=error) from error
        self.app = None
        self._asyncore = wasyncore
        self._map: dict = {}
        self._server = waitress.server.create_server(
            self._call, map=self._map, host=_HOST, port=0, threads=threads, ident='minova',
            clear_untrusted_proxy_headers=True)
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=f'minova-http-{name}', daemon=True)

    @property
    def url(self) -> str:
        return f'http://{_HOST}:{self._server.effective_port}'

    def _call(self, environ, start_response):
        return self.app(environ, start_response)

    def start(self, app) -> None:
        """Serve `app` from now on."""
        self.app = app
        self._thread.start()

    def _run(self) -> None:
        while not self._stopping:
            self._asyncore.poll2(_POLL_SECONDS, self._map)
        self._asyncore.close_all(self._map, ignore_all=True)

    def stop(self) -> None:
        """Close the port and all connections, and wait for the threads to end."""
        self._stopping = True
        if self._thread.is_alive():
            self._server.pull_trigger()
            self._thread.join()
        else:
            self._asyncore.close_all(self._map, ignore_all=True)
        self._server.task_dispatcher.shutdown()
