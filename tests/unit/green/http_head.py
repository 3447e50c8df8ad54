"""A head that is taken apart in one go comes to what http.server makes of it."""

import io
import types

import pytest
from eventlet import wsgi
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minova import http_head

_USUAL = (b"GET /v2.1/servers?limit=2&x=%20 HTTP/1.1\r\n",
          b"Host: 127.0.0.1:8774\r\nX-Auth-Token:  t:p \r\n"
          b"accept: a, b\r\nAccept: c\r\nX-Empty:\r\n"
          b"Content-Length: 4\r\nContent-Type: text/x; a=b\r\n\r\nbody")

LINES = [
    b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.0\r\n", b"GET /\r\n", b"POST /\r\n", b"GET / HTTP/1.1\n",
    b"GET //evil/x HTTP/1.1\r\n", b"GET http://h/x HTTP/1.1\r\n", b"OPTIONS * HTTP/1.1\r\n",
    b"GET  /two HTTP/1.1\r\n", b"GET\t/tab HTTP/1.1\r\n", b"get /lower HTTP/1.1\r\n",
    b"GET /\xe9 HTTP/1.1\r\n",
    b"GET / HTTP/2.0\r\n", b"GET / HTTP/1.2\r\n", b"GET / HTTP/01.1\r\n", b"GET / HTTP/1.1 \r\n",
    b"GET / x HTTP/1.1\r\n", b"GET / FTP/1.1\r\n", b"\r\n", b"GET /\x85x HTTP/1.1\r\n",
    b"GET / HTTP/1.1\r\r\n",
]
HEADERS = [
    b"", b"Host: h\r\n", b"Host: h\n", b"Connection: close\r\n", b"Connection: Keep-Alive\r\n",
    b"connection: close\r\nConnection: keep-alive\r\n", b"Connection: upgrade\r\n",
    b"Connection: close \r\n", b"Expect: 100-continue\r\n", b"Expect: \r\n", b"Expect: something\r\n",
    b"A: 1\r\n folded\r\n", b"A : 1\r\n", b": nothing\r\n", b"no colon\r\n",
    b"A: \xe9\r\n", b"A: \x00\r\n",
    b"A:\ttab\t\r\n", b"A: 1\rB: 2\r\n", b"A: 1\x0bB: 2\r\n", b"A: 1\x85B: 2\r\n",
    b"From x\r\n", b"From: x\r\n",
    b"Content-Length: 3\r\nContent-Length: 4\r\n", b"Transfer-Encoding: chunked\r\n",
    b"A_B: 1\r\nA-B: 2\r\n", b"A(B): 1\r\n", b"A: =?utf-8?q?x?=\r\n", b"A: a: b\r\n",
    b"".join(b"A%d: 1\r\n" % n for n in range(99)), b"".join(b"A%d: 1\r\n" % n for n in range(100)),
    b"A: " + b"x" * 8000 + b"\r\n", b"A: " + b"x" * 20000 + b"\r\n",
]


class Trickle(io.RawIOBase):
    """Gives what it has in packets of so many bytes."""

    def __init__(self, data: bytes, size: int):
        self._data, self._size = data, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        size = min(self._size, len(buffer))
        packet, self._data = self._data[:size], self._data[size:]
        buffer[:len(packet)] = packet
        return len(packet)


def _parsed(kind: type, line: bytes, rest: bytes, size: int = 1 << 20) -> dict:
    """What the protocol of this kind makes of a request."""
    protocol = kind.__new__(kind)
    protocol.client_address, protocol.wfile, reader = ("c", 1), io.BytesIO(), io.BufferedReader(
        Trickle(rest, size))
    protocol.connection = protocol.request = types.SimpleNamespace(getsockname=lambda: ("127.0.0.1", 80))
    protocol.server = types.SimpleNamespace(
        get_environ=dict, log=types.SimpleNamespace(error=lambda *args: None))
    protocol.log_message = lambda *args: None
    protocol.raw_requestline, protocol.rfile = line, wsgi.FileObjectForHeaders(reader)
    try:
        readable = protocol.parse_request()
    except (wsgi.HeaderLineTooLong, wsgi.HeadersTooLarge) as exc:
        return {"error": type(exc)}
    found = {name: getattr(protocol, name, None)
             for name in ("command", "path", "request_version", "requestline", "close_connection")}
    # The answer to what cannot be read has the time in it.
    found |= {"readable": readable, "answered": protocol.wfile.getvalue().partition(b"\r\n")[0]}
    if readable:
        protocol.rfile = reader
        try:
            environ = {name: value for name, value in protocol.get_environ().items()
                       if not name.startswith(("wsgi.", "eventlet."))}
        except ValueError:      # a Content-Length that eventlet refuses before it comes to this
            environ = None
        found |= {"environ": environ, "unread": reader.read(),
                  "asked": [protocol.headers.get(name) for name in
                            ("content-length", "Transfer-Encoding", "Connection", "X-Forwarded-For")]}
    return found


def _same(line: bytes, rest: bytes, size: int = 1 << 20) -> None:
    assert _parsed(http_head.HttpProtocol, line, rest, size) == _parsed(wsgi.HttpProtocol, line, rest, size)


@pytest.fixture
def without_http_server(monkeypatch):
    """What is left to http.server fails."""
    def parse_request(protocol):
        raise AssertionError("this was to be taken apart here")
    monkeypatch.setattr(wsgi.HttpProtocol, "parse_request", parse_request)


def test_what_is_usual_is_taken_apart_here(without_http_server):
    found = _parsed(http_head.HttpProtocol, *_USUAL)
    assert found["command"] == "GET" and found["close_connection"] is False
    assert found["environ"]["HTTP_ACCEPT"] == "a, b,c"
    assert found["environ"]["CONTENT_LENGTH"] == "4"
    assert found["environ"]["HTTP_X_AUTH_TOKEN"] == "t:p"
    assert found["unread"] == b"body"


@pytest.mark.parametrize("size", [1, 7, 100, 1 << 20])
def test_in_packets(size):
    _same(*_USUAL, size)


@pytest.mark.parametrize("line", LINES, ids=repr)
def test_lines(line):
    _same(line, _USUAL[1])
    _same(line, b"\r\n")


@pytest.mark.parametrize("headers", HEADERS, ids=lambda headers: repr(headers[:40]))
@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
def test_headers(headers, version):
    line = b"GET / HTTP/" + version + b"\r\n"
    for before in (b"", b"Host: h\r\n"):
        _same(line, before + headers + b"\r\nbody")
        _same(line, before + headers)


def test_a_lower_limit_of_lines_holds(monkeypatch):
    monkeypatch.setattr(wsgi, "MAX_HEADER_LINE", 100)
    _same(b"GET / HTTP/1.1\r\n", b"A: " + b"x" * 97 + b"\r\n\r\n")
    _same(b"GET / HTTP/1.1\r\n", b"A: " + b"x" * 60 + b"\r\nB: " + b"x" * 60 + b"\r\n\r\n")


_PIECES = st.sampled_from([
    b"\r\n", b"\r", b"\n", b":", b" ", b"\t", b"A", b"Connection", b"close", b"keep-alive", b"Expect",
    b"Content-Length", b"1", b",", b"\xe9", b"\x00", b"/", b"HTTP/1.1", b"GET"])


@settings(derandomize=True, deadline=None)
@given(st.lists(_PIECES, max_size=5), st.lists(_PIECES, max_size=20))
@example([b"GET", b" ", b"/", b" ", b"HTTP/1.1"], [b"A", b":", b"1", b"\r\n", b"\r\n"])
def test_anything(line, rest):
    _same(b"".join(line) + b"\r\n", b"".join(rest))
    _same(b"GET / HTTP/1.1\r\n", b"".join(rest) + b"\r\n\r\n")
