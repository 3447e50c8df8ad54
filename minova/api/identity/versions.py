"""The version documents: at the server's root, and at /v3."""

from minova import wsgi
from minova.api import rest
from minova.api.identity import views


class Versions(wsgi.Application):
    """The application at the server's root: needs no token."""

    def __call__(self, environ, start_response):
        req = rest.Request(environ)
        if environ.get('PATH_INFO', '') not in ('', '/'):
            return views.fault(404, 'The resource could not be found.', 'Not Found')(environ, start_response)
        answer = rest.json_answer(300, {'versions': {'values': [views.version(req, '/v3')]}},
                                  {'Location': views.root_url(req, '/v3/')})
        return answer(environ, start_response)


class Root(rest.Controller):
    """The document of the version."""

    @rest.route('GET', '', public=True)
    def show(self, req):
        return {'version': views.version(req)}
