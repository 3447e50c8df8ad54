"""The version documents: which versions of the API there are, at the root and at each version."""

import urllib.parse

import webob

from minova import jsonutils
from minova.api.openstack import api_version_request, extensions, negotiation, wsgi
from minova.api.openstack.compute.views import versions as versions_view

ALIAS = 'versions'
_SAFE_IN_PATHS = "/~!$&'()*+,;=:@"

VERSIONS = {
    'v2.0': {
        'id': 'v2.0',
        'status': 'SUPPORTED',
        'version': '',
        'min_version': '',
        'updated': '2011-01-21T11:33:21Z',
        'media_type': 'application/vnd.openstack.compute+json;version=2',
    },
    'v2.1': {
        'id': 'v2.1',
        'status': 'CURRENT',
        'version': api_version_request.MAX_API_VERSION,
        'min_version': api_version_request.MIN_API_VERSION,
        'updated': '2013-07-23T11:33:21Z',
        'media_type': 'application/vnd.openstack.compute+json;version=2.1',
    },
}


class Versions:
    """The application at the server's root: needs no token and knows no microversions."""

    def __init__(self):
        self.view = versions_view.ViewBuilder()

    @classmethod
    def factory(cls, _global_config, **_local_config):
        """paste.app_factory."""
        return cls()

    def __call__(self, environ, start_response):
        req = webob.Request(environ)
        # Not req.path, which insists on UTF-8.
        path = urllib.parse.quote(environ.get('PATH_INFO', '').encode('latin-1'), safe=_SAFE_IN_PATHS)
        if path in ('', '/'):
            status, document = 200, self.view.build_versions(req, VERSIONS)
        else:
            status, document = 300, self.view.build_choices(req, VERSIONS, path)
        body = jsonutils.dump_as_bytes(document)
        answer = webob.Response(status=status, body=body, headerlist=[
            ('Content-Type', negotiation.answer_type(environ)), ('Content-Length', str(len(body)))])
        return answer(environ, start_response)


class VersionsController(wsgi.Controller):
    """The document of one version."""

    def __init__(self):
        super().__init__()
        self.view = versions_view.ViewBuilder()

    @extensions.expected_errors(404)
    def show(self, req, id='v2.1'):
        if req.is_legacy_v2:
            id = 'v2.0'     # whichever was asked for
        if id not in VERSIONS:
            raise webob.exc.HTTPNotFound()
        return self.view.build_version(req, VERSIONS[id])


class VersionsV21(extensions.V21APIExtensionBase):
    """The version document, at the version root and under /{project_id}/versions."""

    name = 'Versions'
    alias = ALIAS
    listed = False

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, VersionsController(), custom_routes_fn=_connect_root, member_name='version',
            project_only=True)]

    def get_controller_extensions(self):
        return []


def _connect_root(mapper, wsgi_resource) -> None:
    mapper.connect('version_root', '/', controller=wsgi_resource, action='show',
                   conditions={'method': ['GET']})
