"""The actions resetNetwork, injectNetworkInfo and os-resetState."""

from minova.api import validation
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.schemas import admin_actions as schema
from minova.api.openstack.compute.server_action import ServerActionController
from minova.policies import admin_actions as policies

ALIAS = 'os-admin-actions'


class AdminActionsController(ServerActionController):

    @wsgi.response(202)
    @extensions.expected_errors((404, 409))
    @wsgi.action('resetNetwork')
    def _reset_network(self, req, id, body):
        self._do(req, id, policies.RESET_NETWORK, 'resetNetwork', 'reset_network')

    @wsgi.response(202)
    @extensions.expected_errors((404, 409))
    @wsgi.action('injectNetworkInfo')
    def _inject_network_info(self, req, id, body):
        self._do(req, id, policies.INJECT_NETWORK_INFO, 'injectNetworkInfo', 'inject_network_info')

    @wsgi.response(202)
    @extensions.expected_errors(404)
    @wsgi.action('os-resetState')
    @validation.schema(schema.reset_state)
    def _reset_state(self, req, id, body):
        self._do(req, id, policies.RESET_STATE, 'os-resetState', 'reset_state',
                 body['os-resetState']['state'])


class AdminActions(extensions.V21APIExtensionBase):
    """Enable admin-only server actions

    Actions include: resetNetwork, injectNetworkInfo, os-resetState
    """

    name = 'AdminActions'
    alias = ALIAS
    # Nova shows the docstring of the class as it stands in its source.
    description = ('Enable admin-only server actions\n\n'
                   '    Actions include: resetNetwork, injectNetworkInfo, os-resetState\n    ')

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', AdminActionsController())]
