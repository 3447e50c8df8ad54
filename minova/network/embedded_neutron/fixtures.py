"""Networks, subnets and routers that a deployment begins with."""

import ipaddress

from minova import context as minova_context
from minova import exception
from minova.db import engine
from minova.network import backend, contract

_NETWORK = {'network', 'external', 'shared', 'project_id', 'description', 'mtu', 'subnets'}
_SUBNET = {'name', 'cidr', 'gateway_ip', 'enable_dhcp', 'allocation_pools', 'dns_nameservers',
           'host_routes', 'ipv6_ra_mode', 'ipv6_address_mode', 'description'}
_ROUTER = {'router', 'external_network', 'subnets', 'project_id', 'description'}


def load_networks(items: list[dict]) -> None:
    """Add networks that are declared with Nova's columns, but not those whose label is there."""
    load_topology([
        {'network': item['label'], 'project_id': item.get('project_id'),
         'shared': item.get('project_id') is None,
         'subnets': [_subnet(item, '')] * bool(item.get('cidr'))
         + [_subnet(item, '_v6')] * bool(item.get('cidr_v6'))} for item in items])


def _subnet(item: dict, suffix: str) -> dict:
    subnet = {'cidr': item['cidr' + suffix], 'enable_dhcp': item.get('enable_dhcp', True)}
    if item.get('gateway' + suffix):
        subnet['gateway_ip'] = item['gateway' + suffix]
    if not suffix:
        subnet['dns_nameservers'] = [dns for dns in (item.get('dns1'), item.get('dns2')) if dns]
    return subnet


@engine.retry_on_conflict
def load_topology(items: list[dict]) -> None:
    """Add the networks with their subnets, and the routers, but not those whose name is there.

    Raises ValueError for what makes no sense.
    """
    neutron, context = backend().neutron, minova_context.get_admin_context()
    try:
        with engine.writer():
            for item in items:
                _add(neutron, context, item)
    except exception.MinovaException as error:
        raise ValueError(error.message) from error


def _add(neutron, context, item: dict) -> None:
    if not isinstance(item, dict) or ('network' in item) == ('router' in item):
        raise ValueError(f'{item!r} is neither a network nor a router')
    noun, known, add = (('network', _NETWORK, _add_network) if 'network' in item
                        else ('router', _ROUTER, _add_router))
    _check(item, known, f'a {noun}')
    if not neutron.get_all(context, noun, contract.Query(filters={'name': [item[noun]]})):
        add(neutron, context, item)


def _add_network(neutron, context, item: dict) -> None:
    project_id = item.get('project_id')
    [network] = neutron.create(context, 'network', [{
        'name': item['network'], 'project_id': project_id, 'shared': item.get('shared', False),
        'router:external': item.get('external', False), 'mtu': item.get('mtu'),
        'description': item.get('description', '')}])
    subnets = []
    for subnet in item.get('subnets') or ():
        _check(subnet, _SUBNET, 'a subnet')
        subnets.append({'name': f'{item["network"]}-subnet', **subnet, 'network_id': network['id'],
                        'cidr': str(ipaddress.ip_network(subnet['cidr'])), 'project_id': project_id})
    neutron.create(context, 'subnet', subnets)


def _add_router(neutron, context, item: dict) -> None:
    values = {'name': item['router'], 'project_id': item.get('project_id'),
              'description': item.get('description', '')}
    if item.get('external_network'):
        values['external_gateway_info'] = {
            'network_id': _named(neutron, context, 'network', item['external_network'])}
    [router] = neutron.create(context, 'router', [values])
    for name in item.get('subnets') or ():
        neutron.add_router_interface(
            context, router['id'], _named(neutron, context, 'subnet', name), None)


def _named(neutron, context, noun: str, name: str) -> str:
    found = neutron.get_all(context, noun, contract.Query(filters={'name': [name]}))
    if len(found) != 1:
        raise ValueError(f'there are {len(found)} {noun}s of the name {name}')
    return found[0]['id']


def _check(item: dict, known: set[str], what: str) -> None:
    unknown = set(item) - known
    if unknown:
        raise ValueError(f'{what} has no {", ".join(sorted(unknown))}')
