"""diagnostics: what the hypervisor measures of a server."""

from minova.api.openstack import extensions
from minova.api.openstack.compute.server_action import ServerActionController
from minova.policies import server_diagnostics as policies

ALIAS = 'os-server-diagnostics'


class ServerDiagnosticsController(ServerActionController):

    @extensions.expected_errors((404, 409, 501))
    def index(self, req, server_id):
        return self._do(req, server_id, policies.BASE, 'get_diagnostics', 'get_diagnostics')


class ServerDiagnostics(extensions.V21APIExtensionBase):
    """diagnostics."""

    name = 'ServerDiagnostics'
    alias = ALIAS
    description = 'Allow Admins to view server diagnostics through server action.'

    def get_resources(self):
        return [extensions.ResourceExtension(
            'diagnostics', ServerDiagnosticsController(), member_name='diagnostic',
            parent={'member_name': 'server', 'collection_name': 'servers'})]

    def get_controller_extensions(self):
        return []
