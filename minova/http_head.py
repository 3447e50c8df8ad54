"""The head of an HTTP request, read in one go.

eventlet.wsgi leaves the head to http.server, and that to the parser of e-mail, which takes as long as a
query of the database. Nearly all requests have a head in which nothing is unusual and which has come as a
whole: those are taken apart here, and come to the same. All others are left to http.server, untouched.
"""

import re

from eventlet import wsgi

_REQUEST_LINE = re.compile(rb"([A-Z]+) (/[\x21-\x7e]*) (HTTP/1\.[01])\r\n")
_HEADERS = re.compile(r"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e]*\r\n)+", re.ASCII)
_END = b"\r\n\r\n"
#: As many as http.client takes.
_MAX_HEADERS = 99


class Headers:
    """The headers, in the form in which eventlet.wsgi and http.server ask an HTTPMessage for them."""

    def __init__(self, headers: list[tuple[str, str]]):
        self._headers = headers
        self._first: dict[str, str] = {}
        for name, value in headers:
            self._first.setdefault(name.lower(), value)

    def get(self, name: str, default: str | None = None) -> str | None:
        return self._first.get(name.lower(), default)

    def get_content_type(self) -> str:
        """Asked for where no header says it."""
        return "text/plain"


class HttpProtocol(wsgi.HttpProtocol):
    """eventlet's, which takes apart by itself what is usual."""

    def parse_request(self) -> bool:
        """False: the request cannot be read, and was answered."""
        return self._parse_usual() or super().parse_request()

    def _parse_usual(self) -> bool:
        line = _REQUEST_LINE.fullmatch(self.raw_requestline)
        if not line or line[2].startswith(b"//") or self.protocol_version != "HTTP/1.1":
            return False
        reader = self.rfile.fp
        head = reader.peek()
        end = head.find(_END) + len(_END)
        if not len(_END) < end < wsgi.MAX_HEADER_LINE:
            return False
        text = head[:end - 2].decode("latin-1")
        if not _HEADERS.fullmatch(text) or text.count("\r\n") > _MAX_HEADERS:
            return False
        pairs = [line.partition(":") for line in text[:-2].split("\r\n")]
        headers = Headers([(name, value.lstrip(" \t")) for name, _, value in pairs])
        if headers.get("expect"):
            return False
        reader.read(end)
        self.requestline = self.raw_requestline[:-2].decode("ascii")
        self.command, self.path, self.request_version = self.requestline.split(" ")
        self.headers = headers
        connection = headers.get("connection", "").lower()
        self.close_connection = connection == "close" or (
            self.request_version == "HTTP/1.0" and connection != "keep-alive")
        return True
