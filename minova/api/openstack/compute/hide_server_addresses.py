"""os-hide-server-addresses: addresses are not shown in [DEFAULT]osapi_hide_server_address_states."""

from minova.api.openstack import attributes, extensions
from minova.conf import CONF
from minova.policies import hide_server_addresses as policies

ALIAS = 'os-hide-server-addresses'


class HideServerAddressesController(attributes.AttributesController):
    rule = policies.BASE

    def __init__(self):
        super().__init__()
        self.hidden_states = frozenset(CONF.osapi_hide_server_address_states)

    def add(self, req, servers: list[dict]) -> None:
        for server in servers:
            if req.get_db_instance(server['id'])['vm_state'] in self.hidden_states:
                server['addresses'] = {}


class HideServerAddresses(extensions.V21APIExtensionBase):
    """Addresses of servers in some states are not shown."""

    name = 'HideServerAddresses'
    alias = ALIAS
    description = 'Support hiding server addresses in certain states.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', HideServerAddressesController())]
