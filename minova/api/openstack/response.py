"""Answers: what a controller method returns, and what goes out."""

import functools

import webob.util

from minova import jsonutils
from minova.api.openstack.faults import version_headers
from minova.api.openstack.request import Request


class ResponseObject:
    """An answer that is still being worked on: an object to serialize, a code and headers."""

    __slots__ = ('obj', 'code', 'headers')

    def __init__(self, obj, code: int = 200, headers: dict | None = None):
        self.obj = obj
        self.code = code
        self.headers = headers or {}

    def __getitem__(self, key):
        return self.headers[key.lower()]

    def __setitem__(self, key, value):
        self.headers[key.lower()] = value

    def __contains__(self, key):
        return key.lower() in self.headers

    def serialize(self, req: Request) -> 'Answer':
        headers = [('Content-Type', req.best_match_content_type())]
        headers += [(k.title(), str(v)) for k, v in self.headers.items()]
        headers += version_headers(req)
        body = b'' if self.obj is None else jsonutils.dump_as_bytes(self.obj)
        if self.code != 204:
            headers.append(('Content-Length', str(len(body))))
        return Answer(status_line(self.code), headers, body)


class Answer:
    """An answer that is ready to be sent, as a WSGI application.

    Of what webob.Response does, the answers of this API need only this.
    """

    __slots__ = ('status', 'headers', 'body')

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes):
        self.status = status
        self.headers = headers
        self.body = body

    def __call__(self, environ, start_response):
        start_response(self.status, self.headers)
        return [self.body] if self.body and environ['REQUEST_METHOD'] != 'HEAD' else []


@functools.cache
def status_line(code: int) -> str:
    """'404 Not Found' for 404."""
    return f'{code} {webob.util.status_reasons[code]}'
