"""os-hide-server-addresses: addresses are not shown in [DEFAULT]osapi_hide_server_address_states."""

from minova.api.openstack import extensions, wsgi
from minova.conf import CONF

ALIAS = 'os-hide-server-addresses'


class HideServerAddressesController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.hidden_states = frozenset(CONF.osapi_hide_server_address_states)

    def _hide(self, req, servers: list[dict]) -> None:
        for server in servers:
            if req.get_db_instance(server['id'])['vm_state'] in self.hidden_states:
                server['addresses'] = {}

    @wsgi.extends
    def show(self, req, resp_obj, id):
        self._hide(req, [resp_obj.obj['server']])

    @wsgi.extends
    def detail(self, req, resp_obj):
        self._hide(req, resp_obj.obj['servers'])


class HideServerAddresses(extensions.V21APIExtensionBase):
    """Addresses of servers in some states are not shown."""

    name = 'HideServerAddresses'
    alias = ALIAS
    description = 'Support hiding server addresses in certain states.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', HideServerAddressesController())]
