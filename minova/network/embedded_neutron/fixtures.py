"""Networks, subnets and routers that a deployment begins with."""

import ipaddress

from minova import context as minova_context
from minova.db import engine
from minova.db import networks as db
from minova.network import backend, contract

_NETWORK = {'name', 'external', 'shared', 'project_id', 'description', 'mtu', 'subnets'}
_SUBNET = {'name', 'cidr', 'gateway_ip', 'enable_dhcp', 'allocation_pools', 'dns_nameservers',
           'host_routes', 'ipv6_ra_mode', 'ipv6_address_mode', 'description'}
_ROUTER = {'name', 'external_network', 'subnets', 'project_id', 'description'}


@engine.retry_on_conflict
def load_networks(items: list[dict]) -> None:
    """Add networks that are declared with Nova's columns, but not those whose label is there."""
    topology = []
    for item in items:
        subnets = []
        for suffix, dns in (('', True), ('_v6', False)):
            if item.get('cidr' + suffix):
                subnet = {'cidr': item['cidr' + suffix], 'enable_dhcp': item.get('enable_dhcp', True)}
                if item.get('gateway' + suffix):
                    subnet['gateway_ip'] = item['gateway' + suffix]
                if dns:
                    subnet['dns_nameservers'] = [d for d in (item.get('dns1'), item.get('dns2')) if d]
                subnets.append(subnet)
        topology.append({'name': item['label'], 'project_id': item.get('project_id'),
                         'shared': item.get('project_id') is None, 'subnets': subnets})
    load_topology({'networks': topology})


@engine.retry_on_conflict
def load_topology(topology: dict) -> None:
    """Add the networks with their subnets, and the routers, but not those whose name is there.

    Raises ValueError for what makes no sense, and minova.exception.neutron's Invalids.
    """
    _check(topology, {'networks', 'routers'}, 'a topology')
    neutron, context = backend().neutron, minova_context.get_admin_context()
    with engine.writer():
        there = {network['label'] for network in db.get_listed(admin=True)}
        for item in topology.get('networks') or ():
            _check(item, _NETWORK, 'a network')
            if item['name'] not in there:
                _add_network(neutron, context, item)
        names = {router['name'] for router in neutron.get_all(context, 'router', contract.Query())}
        for item in topology.get('routers') or ():
            _check(item, _ROUTER, 'a router')
            if item['name'] not in names:
                _add_router(neutron, context, item)


def _add_network(neutron, context, item: dict) -> None:
    project_id = item.get('project_id')
    [network] = neutron.create(context, 'network', [{
        'name': item['name'], 'project_id': project_id, 'shared': item.get('shared', False),
        'router:external': item.get('external', False), 'mtu': item.get('mtu'),
        'description': item.get('description', '')}])
    subnets = []
    for subnet in item.get('subnets') or ():
        _check(subnet, _SUBNET, 'a subnet')
        subnets.append({'name': f'{item["name"]}-subnet', **subnet, 'network_id': network['id'],
                        'cidr': str(ipaddress.ip_network(subnet['cidr'])), 'project_id': project_id})
    neutron.create(context, 'subnet', subnets)


def _add_router(neutron, context, item: dict) -> None:
    values = {'name': item['name'], 'project_id': item.get('project_id'),
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
