"""The list of versions, at the server's root. Glance has no document for a single one."""

from minova import wsgi
from minova.api import rest
from minova.conf import CONF

#: The newest first: those of a Glance that has one store.
_VERSIONS = ('v2.9', 'v2.7', 'v2.6', 'v2.5', 'v2.4', 'v2.3', 'v2.2', 'v2.1', 'v2.0')


class Versions(wsgi.Application):
    """The application at the server's root: needs no token."""

    def __call__(self, environ, start_response):
        req = rest.Request(environ)
        root = CONF.image.public_endpoint or req.host_url
        links = [{'rel': 'self', 'href': f'{root.rstrip("/")}/v2/'}]
        versions = [{'id': version, 'status': 'CURRENT' if version == _VERSIONS[0] else 'SUPPORTED',
                     'links': links} for version in _VERSIONS]
        # Whatever was asked for: these are the choices.
        asked = environ.get('PATH_INFO', '').rstrip('/') == '/versions'
        answer = rest.json_answer(200 if asked else 300, {'versions': versions})
        return answer(environ, start_response)
