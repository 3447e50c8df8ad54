"""What the metadata service asks about addresses, in the embedded backend."""

import ipaddress

from minova import addresses, exception
from minova.conf import CONF
from minova.db import server_interfaces as db


class MetadataMixin:

    def get_server_by_fixed_ip(self, context, address):
        found = db.servers_with_address(address)
        if len(found) != 1:
            raise exception.FixedIpNotFoundForAddress(address=address)
        return found[0]

    def get_interfaces(self, context, instance):
        return [{'vif_id': row['vif_id'], 'mac': row['mac'], 'network_uuid': row['network_uuid'],
                 'mtu': row['mtu'], 'subnets': _subnets(row)}
                for row in db.get_all(instance['uuid'])]


def _subnets(row: dict) -> list[dict]:
    subnets = []
    if row['cidr'] and row['fixed_ips']:
        subnets.append({
            'version': 4, 'addresses': row['fixed_ips'], 'gateway': row['gateway'],
            'netmask': row['netmask'] or str(ipaddress.ip_network(row['cidr']).netmask),
            'dns': [dns for dns in (row['dns1'], row['dns2']) if dns],
            'dhcp': bool(row['enable_dhcp'])})
    if CONF.use_ipv6 and row['cidr_v6']:
        subnets.append({
            'version': 6, 'addresses': [addresses.eui64(row['cidr_v6'], row['mac'])],
            'gateway': row['gateway_v6'],
            'netmask': str(ipaddress.ip_network(row['cidr_v6']).netmask),
            'dns': [], 'dhcp': False})
    return subnets
