"""The actions shelve, shelveOffload and unshelve."""

from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.server_action import ServerActionController
from minova.policies import shelve as policies

ALIAS = 'os-shelve'


class ShelveController(ServerActionController):

    @wsgi.response(202)
    @extensions.expected_errors((404, 409))
    @wsgi.action('shelve')
    def _shelve(self, req, id, body):
        self._do(req, id, policies.SHELVE, 'shelve', 'shelve')

    @wsgi.response(202)
    @extensions.expected_errors((404, 409))
    @wsgi.action('shelveOffload')
    def _shelve_offload(self, req, id, body):
        self._do(req, id, policies.SHELVE_OFFLOAD, 'shelveOffload', 'shelve_offload')

    @wsgi.response(202)
    @extensions.expected_errors((404, 409))
    @wsgi.action('unshelve')
    def _unshelve(self, req, id, body):
        self._do(req, id, policies.UNSHELVE, 'unshelve', 'unshelve')


class Shelve(extensions.V21APIExtensionBase):
    """The actions shelve, shelveOffload and unshelve."""

    name = 'Shelve'
    alias = ALIAS
    description = 'Instance shelve mode.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', ShelveController())]
