"""Bodies over [oslo_middleware]max_request_body_size (114688 bytes) are refused with 413."""

import io

from oslo_middleware import sizelimit

from minova.api.openstack import faults


class RequestBodySizeLimiter(sizelimit.RequestBodySizeLimiter):
    """oslo.middleware's limiter, refusing in Nova's words and in plain text, whatever is accepted.

    A body whose length is not announced (Transfer-Encoding: chunked) is read here, as far as it may
    go, so that everything behind this filter sees a body of known length.
    """

    def __init__(self, application, conf=None):
        super().__init__(application, conf)
        self.max_size = self._conf_get('max_request_body_size')

    def __call__(self, environ, start_response):
        length = environ.get('CONTENT_LENGTH')
        if length:
            if not (length.isascii() and length.isdecimal()):
                return _bad('Content-Length is not a number.')(environ, start_response)
        if not self.is_limited(environ):
            return self.application(environ, start_response)
        if length:
            if int(length) > self.max_size:
                return _too_large()(environ, start_response)
        elif 'HTTP_TRANSFER_ENCODING' in environ and ends(environ):
            try:
                body = environ['wsgi.input'].read(self.max_size + 1)
            except (OSError, ValueError):
                return _bad('The body is not in chunks.')(environ, start_response)
            if len(body) > self.max_size:
                return _too_large()(environ, start_response)
            environ['wsgi.input'] = io.BytesIO(body)
            environ['CONTENT_LENGTH'] = str(len(body))
        return self.application(environ, start_response)

    def is_limited(self, environ) -> bool:
        """Whether the limit holds for this request: always, unless a subclass knows better."""
        return True


def ends(environ) -> bool:
    """Whether the server says where the body ends, so that it can be read at all.

    By the flag that servers have agreed upon, or by the attribute of eventlet's input.
    """
    return (environ.get('wsgi.input_terminated')
            or getattr(environ['wsgi.input'], 'chunked_input', False))


def _bad(explanation: str):
    return faults.plain_text('400 Bad Request', explanation)


def _too_large():
    return faults.plain_text('413 Request Entity Too Large', 'Request is too large.')
