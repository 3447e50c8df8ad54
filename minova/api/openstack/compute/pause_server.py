"""The actions pause and unpause."""

from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.server_action import ServerActionController
from minova.policies import pause_server as policies

ALIAS = 'os-pause-server'


class PauseServerController(ServerActionController):

    @wsgi.response(202)
    @extensions.expected_errors((404, 409, 501))
    @wsgi.action('pause')
    def _pause(self, req, id, body):
        self._do(req, id, policies.PAUSE, 'pause', 'pause')

    @wsgi.response(202)
    @extensions.expected_errors((404, 409, 501))
    @wsgi.action('unpause')
    def _unpause(self, req, id, body):
        self._do(req, id, policies.UNPAUSE, 'unpause', 'unpause')


class PauseServer(extensions.V21APIExtensionBase):
    """The actions pause and unpause."""

    name = 'PauseServer'
    alias = ALIAS
    description = 'Enable pause/unpause server actions.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', PauseServerController())]
