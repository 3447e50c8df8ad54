"""Errors in Nova's form: `{"itemNotFound": {"code": 404, "message": "..."}}`."""

import webob
import webob.exc

from minova import exception, jsonutils
from minova.api.openstack import api_version_request

FAULT_NAMES = {
    400: 'badRequest',
    401: 'unauthorized',
    403: 'forbidden',
    404: 'itemNotFound',
    405: 'badMethod',
    409: 'conflictingRequest',
    413: 'overLimit',
    415: 'badMediaType',
    429: 'overLimit',
    501: 'notImplemented',
    503: 'serviceUnavailable',
}
# Errors that tell the client when to come back.
_WITH_RETRY_AFTER = (413, 429)


class Fault(webob.exc.HTTPException):
    """A webob error whose body is Nova's JSON form of it.

    Use it as a WSGI application, return it from a controller method, or raise it.
    """

    def __init__(self, exception: webob.exc.WSGIHTTPException):
        self.wrapped_exc = exception
        super().__init__(str(exception), exception)

    @property
    def status_int(self) -> int:
        return self.wrapped_exc.status_int

    def __str__(self):
        return str(self.wrapped_exc)

    def response(self, req=None) -> webob.Response:
        """The answer.

        `req`, when given, is an API request whose version is echoed in the headers.
        """
        exc = self.wrapped_exc
        code = exc.status_int
        detail = {'code': code, 'message': exc.explanation or exc.detail or exc.title}
        headers = []
        if 'Retry-After' in exc.headers:
            headers.append(('Retry-After', exc.headers['Retry-After']))
            if code in _WITH_RETRY_AFTER:
                detail['retryAfter'] = exc.headers['Retry-After']
        body = jsonutils.dump_as_bytes({FAULT_NAMES.get(code, 'computeFault'): detail})
        headers.append(('Content-Type', 'application/json; charset=UTF-8'))
        headers.append(('Content-Length', str(len(body))))
        if req is not None:
            headers += version_headers(req)
        return webob.Response(status=exc.status, headerlist=headers, app_iter=[body])

    def __call__(self, environ, start_response):
        return self.response()(environ, start_response)


def version_headers(req) -> list[tuple[str, str]]:
    """The headers that tell which version was served, if the request could be given one."""
    version = req.api_version_request
    if not version or req.is_legacy_v2:
        return []
    return [(api_version_request.HEADER, version.get_string()),
            ('Vary', api_version_request.HEADER)]


def plain_text(status: str, explanation: str, head: bool = False) -> webob.Response:
    """An error from outside the API proper (no such URL, body too large), which is not JSON."""
    if head:
        return webob.Response(status=status, content_type='text/html', charset='UTF-8')
    return webob.Response(status=status, content_type='text/plain', charset='UTF-8',
                          text=f'{status}\n\n{explanation}\n\n   ')


def http_error(error: exception.MinovaException) -> webob.exc.WSGIHTTPException:
    """The webob error that says what `error` says, with its code."""
    cls = webob.exc.status_map.get(error.code, webob.exc.HTTPInternalServerError)
    return cls(explanation=error.message)
