"""Networks for Nova's API: those of Neutron."""

from minova import addresses, exception
from minova.db import instances as db
from minova.db.networks import COLUMNS


class NetworkMixin:
    """Needs `neutron`."""

    def get_all(self, context):
        found = sorted(self.neutron.find_all(context, 'network'),
                       key=lambda network: (str(network['created_at'] or ''), network['id']))
        return [_shown(network) for network in found]

    def get(self, context, network_id):
        try:
            return _shown(self.neutron.get(context, 'network', network_id))
        except exception.NotFound:
            raise exception.NetworkNotFound(network_id=network_id) from None

    def get_fixed_ip(self, context, address):
        port = self._port_at(context, address)
        subnet_id = next(fixed['subnet_id'] for fixed in port['fixed_ips']
                         if fixed['ip_address'] == address)
        subnets = self.neutron.find(context.elevated(), 'subnet', id=subnet_id)
        server = db.get(port['device_id']) if port['device_id'] else None
        return {'address': address, 'cidr': subnets[0]['cidr'] if subnets else None, 'reserved': False,
                'hostname': server and server['hostname'], 'host': server and server['host']}

    def reserve_fixed_ip(self, context, address, reserved):
        raise exception.NotSupported()

    def _port_at(self, context, address: str) -> dict:
        """The one port that has the fixed address. Raises FixedIpInvalid, FixedIpNotFoundForAddress."""
        if not addresses.is_address(address):
            raise exception.FixedIpInvalid(address=address)
        found = self.neutron.find(context.elevated(), 'port', fixed_ips=f'ip_address={address}')
        if len(found) != 1:
            raise exception.FixedIpNotFoundForAddress(address=address)
        return found[0]


def _shown(network: dict) -> dict:
    """The columns of the table networks, of a network that has few of them."""
    return dict.fromkeys(COLUMNS) | {
        'uuid': network['id'], 'label': network['name'], 'project_id': network['project_id'],
        'mtu': network.get('mtu'), 'created_at': network['created_at'],
        'updated_at': network['updated_at']}
