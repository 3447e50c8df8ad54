"""An HTTP server between a client and a service of a test: it can hold up and refuse what it passes on."""

import contextlib
import http.client
import http.server
import threading

_KEPT = ("content-type", "x-auth-token", "if-match")


class Gate:
    """Passes requests on to the service at `address`; a context manager.

    Its own address is `address`. `seen` are the (method, path) of all requests.
    """

    def __init__(self, address: str):
        self._service = address
        self._rules: list[Held] = []
        self.refuses = False        #: answer 503 to everything
        self.seen: list[tuple[str, str]] = []
        gate = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                with contextlib.suppress(ConnectionError):      # the client was killed
                    gate._handle(self)

            do_POST = do_PUT = do_DELETE = do_GET

            def log_message(self, *args):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = "127.0.0.1:%d" % self._server.server_port

    def __enter__(self) -> "Gate":
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *exc_info) -> None:
        for rule in self._rules:
            rule.let_go()
        self._server.shutdown()
        self._server.server_close()

    def hold(self, method: str, path: str, undone: bool = False) -> "Held":
        """Keep back the answer to the next request of that kind; with `undone` the request itself."""
        rule = Held(method, path, undone)
        self._rules.append(rule)
        return rule

    def _handle(self, request) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        self.seen.append((request.command, request.path))
        self._keep(request, True)
        if self.refuses:
            status, headers, content = 503, {}, b"{}"
        else:
            status, headers, content = self._pass_on(request, body)
        self._keep(request, False)
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)

    def _keep(self, request, undone: bool) -> None:
        for rule in list(self._rules):
            if rule.undone is undone and rule.takes(request.command, request.path):
                self._rules.remove(rule)
                rule.keep()

    def _pass_on(self, request, body: bytes) -> tuple[int, dict, bytes]:
        with contextlib.closing(http.client.HTTPConnection(self._service, timeout=30)) as connection:
            connection.request(request.command, request.path, body or None, {
                name: value for name, value in request.headers.items() if name.lower() in _KEPT})
            answer = connection.getresponse()
            content = answer.read()
            return answer.status, {"Content-Type": answer.getheader("Content-Type") or "text/plain"}, content


class Held:
    """One request that waits, or the answer to it."""

    def __init__(self, method: str, path: str, undone: bool):
        self._method, self._path, self.undone = method, path, undone
        self.arrived, self._free = threading.Event(), threading.Event()

    def takes(self, method: str, path: str) -> bool:
        return method == self._method and path.startswith(self._path)

    def keep(self) -> None:
        self.arrived.set()
        self._free.wait(60)

    def let_go(self) -> None:
        self._free.set()
