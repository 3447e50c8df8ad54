"""Gives each request an id, for the log and for the answer."""

import uuid

from oslo_context import context

from minova import lives, wsgi

HEADERS = ('x-compute-request-id', 'X-OpenStack-Request-Id')
ENV_REQUEST_ID = 'openstack.request_id'


class ComputeReqIdMiddleware(wsgi.Middleware):

    def __call__(self, environ, start_response):
        request_id = f'req-{uuid.uuid4()}'
        environ[ENV_REQUEST_ID] = request_id
        # Until it is known who asks: no line of the log may show whoever asked before.
        context.RequestContext(request_id=request_id)

        def start_with_id(status, headers, exc_info=None):
            headers = headers + [(name, request_id) for name in HEADERS]
            return start_response(status, headers, exc_info) if exc_info else \
                start_response(status, headers)

        life = lives.enter()
        try:
            return self.application(environ, start_with_id)
        finally:
            lives.leave(life)
