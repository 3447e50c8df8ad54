"""os-server-password: the password that a guest has made up, encrypted for its owner."""

from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.server_action import ServerActionController
from minova.policies import server_password as policies

ALIAS = 'os-server-password'


class ServerPasswordController(ServerActionController):

    @extensions.expected_errors(404)
    def index(self, req, server_id):
        return {'password': self._do(req, server_id, policies.BASE, 'get_password',
                                     'get_password')}

    @wsgi.response(204)
    @extensions.expected_errors(404)
    def clear(self, req, server_id):
        self._do(req, server_id, policies.BASE, 'clear_password', 'clear_password')


class ServerPassword(extensions.V21APIExtensionBase):
    """os-server-password."""

    name = 'ServerPassword'
    alias = ALIAS
    description = 'Server password support.'

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, ServerPasswordController(), member_name='server_password',
            parent={'member_name': 'server', 'collection_name': 'servers'},
            custom_routes_fn=_connect_clear)]

    def get_controller_extensions(self):
        return []


def _connect_clear(mapper, wsgi_resource) -> None:
    for project in ('/{project_id}', ''):
        mapper.connect('server-password', f'{project}/servers/{{server_id}}/{ALIAS}',
                       controller=wsgi_resource, action='clear',
                       conditions={'method': ['DELETE']})
