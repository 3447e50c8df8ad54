"""Which versions there are, and which resources."""

from minova import wsgi
from minova.api import rest
from minova.api.network import nouns


class Versions(wsgi.Application):
    """The application at the server's root: needs no token."""

    def __call__(self, environ, start_response):
        req = rest.Request(environ)
        if environ.get('PATH_INFO', '') not in ('', '/'):
            answer = rest.json_answer(404, {'NeutronError': {
                'type': 'HTTPNotFound', 'message': 'The resource could not be found.', 'detail': ''}})
        else:
            answer = rest.json_answer(200, {'versions': [{
                'id': 'v2.0', 'status': 'CURRENT',
                'links': [{'rel': 'self', 'href': f'{req.host_url}/v2.0/'}]}]})
        return answer(environ, start_response)


class Resources(rest.Controller):

    @rest.route('GET', '')
    def index(self, req):
        root = req.path_url.rstrip('/')
        return {'resources': [
            {'name': noun.name, 'collection': noun.plural,
             'links': [{'rel': 'self', 'href': f'{root}/{noun.path}'}]} for noun in nouns.ALL]}
