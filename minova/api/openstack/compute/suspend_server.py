"""The actions suspend and resume."""

from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.server_action import ServerActionController
from minova.policies import suspend_server as policies

ALIAS = 'os-suspend-server'


class SuspendServerController(ServerActionController):

    @wsgi.response(202)
    @extensions.expected_errors((404, 409))
    @wsgi.action('suspend')
    def _suspend(self, req, id, body):
        self._do(req, id, policies.SUSPEND, 'suspend', 'suspend')

    @wsgi.response(202)
    @extensions.expected_errors((404, 409))
    @wsgi.action('resume')
    def _resume(self, req, id, body):
        self._do(req, id, policies.RESUME, 'resume', 'resume')


class SuspendServer(extensions.V21APIExtensionBase):
    """The actions suspend and resume."""

    name = 'SuspendServer'
    alias = ALIAS
    description = 'Enable suspend/resume server actions.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', SuspendServerController())]
