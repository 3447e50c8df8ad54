"""The interfaces of a server."""

from minova import compute, network
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.api_version_request import APIVersionRequest
from minova.policies import virtual_interfaces as policies

ALIAS = 'os-virtual-interfaces'
_SHOWS_NETWORK = APIVersionRequest('2.12')


class ServerVirtualInterfaceController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.compute_api = compute.API()
        self.network_api = network.API()

    @extensions.expected_errors((400, 404))
    def index(self, req, server_id):
        req.context.can(policies.BASE)
        instance = common.get_instance(self.compute_api, req.context, server_id)
        offset, limit = common.get_offset_and_limit(req)
        vifs = self.network_api.get_vifs_by_instance(req.context, instance)
        network_key = _network_key(req)
        return {'virtual_interfaces': [
            _view(vif, network_key) for vif in vifs[offset:offset + limit]]}


def _network_key(req) -> str | None:
    """What the network of an interface is called, if it is shown."""
    if req.is_legacy_v2:
        return 'OS-EXT-VIF-NET:net_id'
    return 'net_id' if req.api_version_request >= _SHOWS_NETWORK else None


def _view(vif: dict, network_key: str | None) -> dict:
    view = {'id': vif['uuid'], 'mac_address': vif['address']}
    if network_key:
        view[network_key] = vif['network_uuid']
    return view


class VirtualInterfaces(extensions.V21APIExtensionBase):
    """The interfaces of servers."""

    name = 'VirtualInterfaces'
    alias = ALIAS
    description = 'Virtual interface support.'

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, ServerVirtualInterfaceController(),
            parent={'member_name': 'server', 'collection_name': 'servers'})]

    def get_controller_extensions(self):
        return []
