"""Which versions of the volume API there are."""

from minova import wsgi
from minova.api import rest
from minova.api.volume import microversions

_UPDATED = '2022-03-30T00:00:00Z'


def _view(url: str) -> dict:
    return {
        'id': 'v3.0',
        'status': 'CURRENT',
        'version': microversions.MAX_VERSION,
        'min_version': microversions.MIN_VERSION,
        'updated': _UPDATED,
        'links': [{'rel': 'self', 'href': url}],
        'media-types': [{'base': 'application/json',
                         'type': 'application/vnd.openstack.volume+json;version=3'}],
    }


class Root(rest.Controller):
    """The root of the version."""

    @rest.route('GET', '', public=True)
    def show(self, req):
        return {'versions': [_view(f'{req.application_url.rstrip("/")}/')]}


class Versions(wsgi.Application):
    """The list of all versions, which is a choice: 300."""

    def __call__(self, environ, start_response):
        req = rest.Request(environ)
        if req.path_info not in ('', '/'):
            answer = rest.json_answer(404, {'itemNotFound': {
                'code': 404, 'message': 'The resource could not be found.'}})
        else:
            answer = rest.json_answer(300, {'versions': [_view(f'{req.host_url}/v3/')]})
        return answer(environ, start_response)
