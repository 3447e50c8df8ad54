"""Subnets: ranges of addresses on networks."""

import ipaddress

from minova import exception
from minova.db import engine, neutron_nouns, ports
from minova.db import networks as db_networks
from minova.db import subnets as db
from minova.network.embedded_neutron import noun, quotas

_SET = ('name', 'description', 'enable_dhcp', 'dns_nameservers', 'host_routes')


class Subnets(noun.Noun):

    rows = neutron_nouns.SUBNETS

    def __init__(self, networks):
        self.networks = networks

    def not_found(self, thing_id):
        return exception.neutron.SubnetNotFound(subnet_id=thing_id)

    def views(self, rows):
        return [_view(row) for row in rows]

    def reserve(self, conn, context, things):
        quotas.reserve(conn, context, 'subnet', [thing['project_id'] for thing in things])

    def insert(self, conn, context, thing):
        network = self.networks.find_own(context, thing['network_id'])
        db_networks.lock(conn, network['id'])
        cidr = _cidr(thing)
        for other in db.get_of_network(conn, network['id']):
            if ipaddress.ip_network(other['cidr']).overlaps(cidr):
                raise exception.neutron.InvalidInput(
                    error_message=f'Requested subnet with cidr: {cidr} for network: '
                                  f'{network["uuid"]} overlaps with another subnet')
        _check_ipv6(thing, cidr)
        gateway = _gateway(thing, cidr)
        if thing.get('allocation_pools') is not None:
            pools = _checked_pools(thing['allocation_pools'], cidr)
            _check_gateway(gateway, pools)
        else:
            pools = _default_pools(cidr, gateway)
        return db.insert(conn, {
            'enable_dhcp': True, 'dns_nameservers': [], 'host_routes': [], 'name': '',
            **{name: thing[name] for name in _SET if name in thing},
            'network_id': network['id'], 'project_id': thing['project_id'],
            'ip_version': cidr.version, 'cidr': str(cidr), 'gateway_ip': gateway,
            'allocation_pools': pools, 'ipv6_ra_mode': thing.get('ipv6_ra_mode'),
            'ipv6_address_mode': thing.get('ipv6_address_mode')})['uuid']

    @engine.retry_on_conflict
    def update(self, context, thing_id, values):
        subnet = self.find_own(context, thing_id)
        cidr = ipaddress.ip_network(subnet['cidr'])
        with engine.writer() as conn:
            db_networks.lock(conn, subnet['network_id'])
            changed = {name: values[name] for name in _SET if name in values}
            pools = subnet['allocation_pools']
            if 'allocation_pools' in values:
                pools = _checked_pools(values['allocation_pools'], cidr)
                changed |= {'allocation_pools': pools, 'next_index': 0}
            if 'gateway_ip' in values:
                gateway = _gateway(values, cidr)
                if gateway != subnet['gateway_ip']:
                    for user in db.users(conn, subnet['id']):
                        if (user['device_owner'] == ports.INTERFACE
                                and user['address'] == subnet['gateway_ip']):
                            raise exception.neutron.GatewayIpInUse(
                                ip_address=user['address'], port_id=user['port_id'])
                changed['gateway_ip'] = gateway
            _check_gateway(changed.get('gateway_ip', subnet['gateway_ip']), pools)
            db.update(conn, subnet['id'], changed)
            return self.shown(thing_id)

    @engine.retry_on_conflict
    def delete(self, context, thing_id):
        subnet = self.find_own(context, thing_id)
        with engine.writer() as conn:
            db_networks.lock(conn, subnet['network_id'])
            if db.users(conn, subnet['id']):
                raise exception.neutron.SubnetInUse(
                    subnet_id=thing_id,
                    reason='One or more ports have an IP allocation from this subnet.')
            db.delete(conn, subnet['id'])


def _cidr(thing: dict):
    if not thing.get('cidr'):
        raise exception.neutron.BadRequest(
            resource='subnets', msg='a subnetpool must be specified in the absence of a cidr')
    cidr = ipaddress.ip_network(thing['cidr'])
    if thing.get('ip_version') is not None and cidr.version != thing['ip_version']:
        raise exception.neutron.InvalidInput(
            error_message=f"cidr '{cidr}' does not match the ip_version '{thing['ip_version']}'")
    return cidr


def _check_ipv6(thing: dict, cidr) -> None:
    modes = {thing.get('ipv6_ra_mode'), thing.get('ipv6_address_mode')} - {None}
    if not modes:
        return
    if cidr.version == 4:
        raise exception.neutron.InvalidInput(
            error_message='ipv6_ra_mode or ipv6_address_mode cannot be set when ip_version is set to '
                          '4')
    if thing.get('enable_dhcp') is False:
        raise exception.neutron.InvalidInput(
            error_message='ipv6_ra_mode or ipv6_address_mode cannot be set when enable_dhcp is set to '
                          'False')
    if len(modes) > 1:
        raise exception.neutron.InvalidInput(
            error_message=f"ipv6_ra_mode set to '{thing['ipv6_ra_mode']}' with ipv6_address_mode set "
                          f"to '{thing['ipv6_address_mode']}' is not valid. If both attributes are "
                          'set, they must be the same value')
    if modes & {'slaac', 'dhcpv6-stateless'} and cidr.prefixlen != 64:
        raise exception.neutron.InvalidInput(
            error_message=f'Invalid CIDR {cidr} for IPv6 address mode. OpenStack uses the EUI-64 '
                          'address format, which requires the prefix to be /64')


def _gateway(thing: dict, cidr) -> str | None:
    """The gateway that is asked for, where nothing is said the first address; None for none."""
    if 'gateway_ip' in thing:
        gateway = thing['gateway_ip']
        if gateway is None:
            return None
        gateway = ipaddress.ip_address(gateway)
        if gateway not in cidr or (cidr.version == 4 and cidr.prefixlen < 31 and gateway in (
                cidr.network_address, cidr.broadcast_address)):
            raise exception.neutron.InvalidInput(error_message='Gateway is not valid on subnet')
        return str(gateway)
    return str(cidr[min(1, cidr.num_addresses - 1)])


def _default_pools(cidr, gateway: str | None) -> list[list[str]]:
    """All that servers may have, but not the gateway."""
    first, last = int(cidr.network_address), int(cidr.broadcast_address)
    if cidr.num_addresses > 2:
        first += 1
        last -= cidr.version == 4
    ranges = [(first, last)]
    if gateway is not None:
        middle = int(ipaddress.ip_address(gateway))
        ranges = [(first, middle - 1), (middle + 1, last)] if first <= middle <= last else ranges
    address = type(cidr.network_address)
    return [[str(address(a)), str(address(b))] for a, b in ranges if a <= b]


def _checked_pools(pools: list[dict], cidr) -> list[list[str]]:
    checked = []
    for pool in pools:
        start, end = ipaddress.ip_address(pool['start']), ipaddress.ip_address(pool['end'])
        text = f'{start}-{end}'
        if start.version != cidr.version or end.version != cidr.version or end < start:
            raise exception.neutron.InvalidAllocationPool(pool=text)
        if start not in cidr or end not in cidr:
            raise exception.neutron.OutOfBoundsAllocationPool(pool=text, subnet_cidr=cidr)
        checked.append((start, end))
    checked.sort()
    for (a, b), (c, d) in zip(checked, checked[1:], strict=False):
        if c <= b:
            raise exception.neutron.OverlappingAllocationPools(
                pool_1=f'{a}-{b}', pool_2=f'{c}-{d}', subnet_cidr=cidr)
    return [[str(start), str(end)] for start, end in checked]


def _check_gateway(gateway: str | None, pools: list[list[str]]) -> None:
    for start, end in pools if gateway else ():
        if ipaddress.ip_address(start) <= ipaddress.ip_address(gateway) <= ipaddress.ip_address(end):
            raise exception.neutron.GatewayConflictWithAllocationPools(
                ip_address=gateway, pool=f'{start}-{end}')


def _view(row: dict) -> dict:
    return noun.common(row) | {
        'network_id': row['network_uuid'],
        'ip_version': row['ip_version'],
        'cidr': row['cidr'],
        'gateway_ip': row['gateway_ip'],
        'allocation_pools': [{'start': start, 'end': end} for start, end in row['allocation_pools']],
        'enable_dhcp': row['enable_dhcp'],
        'dns_nameservers': row['dns_nameservers'],
        'host_routes': row['host_routes'],
        'ipv6_ra_mode': row['ipv6_ra_mode'],
        'ipv6_address_mode': row['ipv6_address_mode'],
        'subnetpool_id': None,
        'service_types': [],
        'segment_id': None,
    }
