"""Which addresses a port gets of its network's subnets."""

import ipaddress

from minova import addresses, exception
from minova.db import networks as db_networks
from minova.db import subnets as db

#: The modes in which an interface makes its address itself, out of its MAC.
_OWN = ('slaac', 'dhcpv6-stateless')


def give(conn, network: dict, port: dict, wanted: list[dict] | None) -> list[str]:
    """Give the port addresses of the network; these.

    `network` has id and uuid; `port` has id, address (MAC), instance_uuid and host. `wanted` are dicts
    of subnet_id (a uuid) and ip_address, each of which may be missing. For None it is one address of
    each IP version that there are subnets of.

    Raises IpAddressGenerationFailure, IpAddressAlreadyAllocated, SubnetNotFound, InvalidIpForNetwork,
    InvalidIpForSubnet, InvalidInput.
    """
    db_networks.lock(conn, network['id'])
    subnets = db.get_of_network(conn, network['id'])
    owner = {'virtual_interface_id': port['id'], 'instance_uuid': port.get('instance_uuid'),
             'host': port.get('host')}
    if wanted is None:
        return [_any(conn, network, owner, port['address'],
                     [s for s in subnets if s['ip_version'] == version])
                for version in sorted({s['ip_version'] for s in subnets})]
    given = []
    for each in wanted:
        subnet = _subnet_of(network, subnets, each)
        if each.get('ip_address'):
            given.append(_this(conn, subnet, owner, each['ip_address']))
        else:
            given.append(_any(conn, network, owner, port['address'], [subnet]))
    return given


def _any(conn, network, owner, mac, subnets) -> str:
    for subnet in subnets:
        if subnet['ipv6_address_mode'] in _OWN:
            return _this(conn, subnet, owner, addresses.eui64(subnet['cidr'], mac))
        address = db.take(conn, subnet, owner)
        if address is not None:
            return address
    raise exception.neutron.IpAddressGenerationFailure(net_id=network['uuid'])


def _this(conn, subnet: dict, owner: dict, address: str) -> str:
    address = str(ipaddress.ip_address(address))
    if not db.take_this(conn, subnet, owner, address):
        raise exception.neutron.IpAddressAlreadyAllocated(ip=address, subnet_id=subnet['uuid'])
    return address


def _subnet_of(network: dict, subnets: list[dict], wanted: dict) -> dict:
    """The subnet that the address is of, or is to be of."""
    address = wanted.get('ip_address')
    if wanted.get('subnet_id'):
        found = [s for s in subnets if s['uuid'] == wanted['subnet_id']]
        if not found:
            if db.get(wanted['subnet_id']) is None:
                raise exception.neutron.SubnetNotFound(subnet_id=wanted['subnet_id'])
            raise exception.neutron.InvalidInput(
                error_message=f"Failed to create port on network {network['uuid']}, because fixed_ips "
                              f"included invalid subnet {wanted['subnet_id']}")
        if address and not usable(found[0], address):
            raise exception.neutron.InvalidIpForSubnet(ip_address=address)
        return found[0]
    if not address:
        raise exception.neutron.InvalidInput(
            error_message='IP allocation requires subnet_id or ip_address')
    for subnet in subnets:
        if usable(subnet, address):
            return subnet
    raise exception.neutron.InvalidIpForNetwork(ip_address=address)


def usable(subnet: dict, address: str) -> bool:
    """Whether something may have the address in the subnet."""
    cidr = ipaddress.ip_network(subnet['cidr'])
    address = ipaddress.ip_address(address)
    if address not in cidr:
        return False
    if cidr.version == 6 or cidr.prefixlen > 30:
        return True
    return address not in (cidr.network_address, cidr.broadcast_address)
