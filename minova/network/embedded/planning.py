"""How new networks are laid out: their ranges, and which addresses are for what."""

import ipaddress

from minova import addresses, exception
from minova.conf import CONF

_MAX_VLAN = 4094


def plan(existing: list[dict], label: str, cidr: str | None, cidr_v6: str | None,
         num_networks: int, network_size: int,
         attributes: dict) -> list[tuple[dict, list[str]]]:
    """(columns, addresses kept back) of each of `num_networks` new networks beside the existing.

    Raises CidrConflict, DuplicateVlan and Invalids.
    """
    given = {k: v for k, v in attributes.items() if v is not None}
    ranges = _ranges(existing, cidr, num_networks, network_size) if cidr else []
    ranges_v6 = _ranges_v6(cidr_v6, num_networks, network_size) if cidr_v6 else []
    planned = []
    for index in range(max(len(ranges), len(ranges_v6))):
        network = {
            'label': f'{label}_{index}' if num_networks > 1 else label,
            'dns1': CONF.flat_network_dns, 'mtu': CONF.network_device_mtu, 'injected': False,
            'multi_host': False, 'enable_dhcp': True, 'share_address': False,
            **{k: given[k] for k in ('dns1', 'dns2', 'mtu', 'multi_host', 'enable_dhcp',
                                     'share_address', 'project_id') if k in given}}
        if index < len(ranges_v6):
            network |= _columns_v6(ranges_v6[index], given)
        if index < len(ranges):
            network |= _columns_v4(ranges[index], given)
        used = len(existing) + index
        network |= _link(existing, used, given)
        network |= usable(network, given.get('allowed_end'), given.get('fixed_cidr'))
        planned.append((network, kept_back(network)))
    return planned


def _ranges(existing: list[dict], cidr: str, count: int, size: int) -> list:
    """`count` ranges of `size` addresses in `cidr` that no existing network has."""
    whole = ipaddress.ip_network(cidr, strict=False)
    if whole.num_addresses < count * size:
        raise exception.Invalid(
            f'The network range is not big enough to fit {count} networks. Network size is {size}.')
    used = [ipaddress.ip_network(n['cidr'], strict=False) for n in existing if n['cidr']]
    prefix = whole.max_prefixlen - (size - 1).bit_length()
    found, conflict = [], None
    for candidate in whole.subnets(new_prefix=max(prefix, whole.prefixlen)):
        overlapping = [other for other in used if candidate.overlaps(other)]
        if not overlapping:
            found.append(candidate)
        elif candidate not in overlapping and any(map(candidate.subnet_of, overlapping)):
            raise exception.CidrConflict(cidr=candidate, other=overlapping[0])
        else:
            conflict = conflict or (candidate, overlapping[0])
        if len(found) == count:
            return found
    raise exception.CidrConflict(cidr=conflict[0], other=conflict[1])


def _ranges_v6(cidr_v6: str, count: int, size: int) -> list:
    """The first `count` ranges in `cidr_v6`; none is smaller than a /64."""
    whole = ipaddress.ip_network(cidr_v6, strict=False)
    prefix = max(min(whole.max_prefixlen - (size - 1).bit_length(), 64), whole.prefixlen)
    subnets = whole.subnets(new_prefix=prefix)
    return [subnet for _, subnet in zip(range(count), subnets, strict=False)]


def _columns_v4(network, given: dict) -> dict:
    """The addresses of a network that have a purpose, one after the other from its beginning."""
    start = ipaddress.ip_address(given.get('allowed_start') or network[min(
        1, network.num_addresses - 1)])
    for name in ('allowed_start', 'allowed_end'):
        if name in given and ipaddress.ip_address(given[name]) not in network:
            raise exception.AddressOutOfRange(address=given[name], cidr=network)
    if 'fixed_cidr' in given:
        inner = ipaddress.ip_network(given['fixed_cidr'], strict=False)
        if inner.version != network.version or not inner.subnet_of(network):
            raise exception.AddressOutOfRange(address=inner.network_address, cidr=network)
    gateway = given.get('gateway')
    if gateway is None:
        gateway, start = str(start), start + 1
    columns = {'cidr': str(network), 'netmask': str(network.netmask), 'gateway': gateway,
               'broadcast': str(network.broadcast_address),
               'dhcp_server': given.get('dhcp_server') or gateway}
    if CONF.network_manager == 'VlanManager':
        columns['vpn_private_address'], start = str(start), start + 1
    return columns | {'dhcp_start': str(start)}


def _columns_v6(network, given: dict) -> dict:
    return {'cidr_v6': str(network), 'netmask_v6': str(network.netmask),
            'gateway_v6': given.get('gateway_v6') or str(network[min(
                1, network.num_addresses - 1)])}


def _link(existing: list[dict], used: int, given: dict) -> dict:
    """The bridge of a network; and with VlanManager its VLAN, and the port of its VPN."""
    interface = given.get('bridge_interface') or CONF.vlan_interface
    if CONF.network_manager != 'VlanManager':
        bridge = given.get('bridge') or CONF.flat_network_bridge
        if not bridge:
            raise exception.NetworkNotCreated(req='bridge')
        return {'bridge': bridge, 'bridge_interface': interface}
    taken = {n['vlan'] for n in existing if n['vlan'] is not None}
    vlan = int(given.get('vlan') or 0)
    if vlan in taken:
        raise exception.DuplicateVlan(vlan=vlan)
    if not vlan:
        vlan = int(given.get('vlan_start') or CONF.vlan_start) + used
        if vlan in taken:
            vlan = max(taken) + 1
    if vlan > _MAX_VLAN:
        raise exception.Invalid(f'The vlan number cannot be greater than {_MAX_VLAN}')
    try:
        vpn_start = int(given.get('vpn_start') or CONF.vpn_start)
    except ValueError:
        raise exception.Invalid('vpn_start must be an integer.') from None
    return {'bridge': f'br{vlan}', 'bridge_interface': interface, 'vlan': vlan,
            'vpn_public_port': vpn_start + used}


def usable(network: dict, allowed_end: str | None = None, fixed_cidr: str | None = None) -> dict:
    """The columns that say which addresses of `network` servers may have.

    They begin at its dhcp_start and end before the broadcast address or at `allowed_end`, and are
    in `fixed_cidr`.
    """
    cidr = network.get('cidr')
    if not cidr:
        return {'first_offset': 0, 'next_offset': 0, 'last_offset': -1}
    start = network.get('dhcp_start')
    first = addresses.offset_of(cidr, start) if start else 2
    last = (addresses.offset_of(cidr, allowed_end) if allowed_end
            else ipaddress.ip_network(cidr).num_addresses - 2)
    if fixed_cidr:
        inner = ipaddress.ip_network(fixed_cidr, strict=False)
        begin = addresses.offset_of(cidr, str(inner.network_address))
        first, last = max(first, begin), min(last, begin + inner.num_addresses - 1)
    if first is None:       # a network so small that nothing is left for servers
        first, last = 0, -1
    return {'first_offset': first, 'next_offset': first, 'last_offset': last}


def kept_back(network: dict) -> list[str]:
    """The addresses of `network` that it needs for itself."""
    found = {network.get(key) for key in ('gateway', 'dhcp_server', 'vpn_private_address')}
    return sorted(a for a in found
                  if a and network.get('cidr') and addresses.offset_of(network['cidr'], a))
