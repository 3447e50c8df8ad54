"""noauth2: who asks is who the token says, USER or USER:PROJECT, without any proof.

A request without a token runs as user admin of project admin, so that a plain curl works, except at the
version root, where it is answered with such a token, as clients of the old login handshake expect.
"""

import webob

from minova import context, wsgi


class NoAuthMiddleware(wsgi.Middleware):

    def __init__(self, application, login: str = 'true'):
        """:param login: 'false' for an API whose version root is a document that anybody reads"""
        super().__init__(application)
        self._login = login != 'false'

    def __call__(self, environ, start_response):
        token = environ.get('HTTP_X_AUTH_TOKEN')
        if token is None:
            if self._login and environ['PATH_INFO'] in ('', '/'):
                return _login(environ)(environ, start_response)
            token = 'admin:admin'
        user_id, _, project_id = token.partition(':')
        project_id = project_id or user_id
        is_admin = user_id == 'admin'
        remote_address = environ.get('REMOTE_ADDR') or '127.0.0.1'
        environ['nova.context'] = context.RequestContext(
            auth_token=token, user_id=user_id, project_id=project_id, is_admin=is_admin,
            roles=['admin'] if is_admin else [], remote_address=remote_address,
            request_id=environ.get('openstack.request_id'))
        return self.application(environ, start_response)


def _login(environ) -> webob.Response:
    req = webob.Request(environ)
    user_id = req.headers.get('X-Auth-User', 'admin')
    project_id = req.headers.get('X-Auth-Project-Id', 'admin')
    url = req.path_url.rstrip('/') + '/' + project_id
    return webob.Response(status=204, headerlist=[
        ('X-Auth-Token', f'{user_id}:{project_id}'),
        ('X-Server-Management-Url', url),
        ('Content-Type', 'text/plain; charset=UTF-8')])
