"""What compute asks of networks and addresses, answered by Neutron."""

import ipaddress

from minova import exception
from minova.network import contract
from minova.network.neutron.floating_ips import FloatingIPMixin
from minova.network.neutron.interfaces import InterfaceMixin
from minova.network.neutron.networks import NetworkMixin
from minova.network.neutron.servers import ServerMixin
from minova.network.unchangeable import UnchangeableMixin


class MetadataMixin:
    """What the metadata service asks. Needs `neutron`, and networks.NetworkMixin."""

    def get_server_by_fixed_ip(self, context, address):
        try:
            port = self._port_at(context, address)
        except exception.FixedIpInvalid:
            port = {}
        of_server = (port.get('device_owner') or '').startswith('compute:')
        # Anybody may write the id of a server on a port.
        if not of_server or port['id'] not in [
                each['id'] for each in self.neutron.ports_of(context.elevated(), [port['device_id']])]:
            raise exception.FixedIpNotFoundForAddress(address=address)
        return port['device_id']

    def get_interfaces(self, context, instance):
        admin, ports = context.elevated(), self._in_order(context, instance)
        subnets = {subnet['id']: subnet for subnet in self.neutron.find(
            admin, 'subnet', id=sorted({fixed['subnet_id'] for port in ports
                                        for fixed in port['fixed_ips']}))}
        networks = {network['id']: network for network in self.neutron.find(
            admin, 'network', id=sorted({port['network_id'] for port in ports}))}
        return [{'vif_id': port['id'], 'mac': port['mac_address'], 'network_uuid': port['network_id'],
                 'mtu': networks.get(port['network_id'], {}).get('mtu'),
                 'subnets': _subnets(port, subnets)} for port in ports]


def _subnets(port: dict, known: dict[str, dict]) -> list[dict]:
    """The subnets in which the port has addresses, each with these."""
    found: dict[str, dict] = {}
    for fixed in port['fixed_ips']:
        subnet = known.get(fixed['subnet_id'])
        if subnet is not None:
            found.setdefault(subnet['id'], {
                'version': subnet['ip_version'], 'addresses': [], 'gateway': subnet['gateway_ip'],
                'netmask': str(ipaddress.ip_network(subnet['cidr']).netmask),
                'dns': subnet['dns_nameservers'],
                'dhcp': subnet['enable_dhcp'] and not subnet.get('ipv6_address_mode'),
            })['addresses'].append(fixed['ip_address'])
    return list(found.values())


class DNSMixin:
    """Nova has no names of addresses over Neutron."""

    def get_dns_domains(self, context):
        raise exception.NotSupported()

    def put_dns_domain(self, context, domain, scope, project, availability_zone):
        raise exception.NotSupported()

    def delete_dns_domain(self, context, domain):
        raise exception.NotSupported()

    def get_dns_entries_by_name(self, context, name, domain):
        raise exception.NotSupported()

    def get_dns_entries_by_address(self, context, address, domain):
        raise exception.NotSupported()

    def put_dns_entry(self, context, name, address, dns_type, domain):
        raise exception.NotSupported()

    def delete_dns_entry(self, context, name, domain):
        raise exception.NotSupported()


class API(ServerMixin, InterfaceMixin, NetworkMixin, FloatingIPMixin, UnchangeableMixin, MetadataMixin,
          DNSMixin, contract.API):
    """All of it; each part is in the module of its noun."""

    def __init__(self, neutron):
        self.neutron = neutron


class VPNAPI(contract.VPNAPI):
    """No network of Neutron is one that nova-network reaches by a VPN."""

    def get_all(self, context):
        return {}

    def configure(self, context, project_id, address, port):
        """There is none that could be."""
