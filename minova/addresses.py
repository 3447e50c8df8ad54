"""Arithmetic on addresses: offsets in a network, and the IPv6 address that goes with a MAC."""

import ipaddress


def is_address(text: str, version: int | None = None) -> bool:
    """Whether `text` is an address, of IP version 4 or 6 if that is given."""
    try:
        return version in (None, ipaddress.ip_address(text).version)
    except ValueError:
        return False


def offset_of(cidr: str, address: str) -> int | None:
    """How far `address` is from the first of `cidr`; None when it is not in it."""
    network = ipaddress.ip_network(cidr)
    address = ipaddress.ip_address(address)
    if address not in network:
        return None
    return int(address) - int(network.network_address)


def address_at(cidr: str, offset: int) -> str:
    """The address that is `offset` from the first of `cidr`."""
    return str(ipaddress.ip_network(cidr)[offset])


def eui64(cidr: str, mac: str) -> str:
    """The address that an interface gives itself in the IPv6 network `cidr`."""
    octets = bytes.fromhex(mac.replace(':', ''))
    octets = bytes([octets[0] ^ 2]) + octets[1:3] + b'\xff\xfe' + octets[3:]
    network = ipaddress.ip_network(cidr)
    return str(ipaddress.ip_address(int(network.network_address) | int.from_bytes(octets, 'big')))
