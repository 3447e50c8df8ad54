"""Networks, addresses, interfaces, names and security groups.

The API and the compute backend know this package by `contract`: a backend, chosen by
[DEFAULT]network_api_class in the stevedore namespace `minova.network`. The functions below answer
its interfaces.
"""

from minova import drivers
from minova.network import contract

_chosen = drivers.Chosen('minova.network', 'network_api_class')
reset = _chosen.reset


def backend() -> contract.Backend:
    """The configured backend, loaded at first use."""
    return _chosen()


def API() -> contract.API:
    """The addresses and interfaces of servers."""
    return backend().api


def VPNAPI() -> contract.VPNAPI:
    """Where the VPNs of networks are reached."""
    return backend().vpn_api


def NeutronAPI() -> contract.NeutronAPI:
    """Neutron's nouns, of a backend that has ports."""
    return backend().neutron


def load_topology(items: list[dict]) -> None:
    """Add networks with subnets and routers that are declared in a file, see docs/networks.md.

    Raises ValueError for what makes no sense. A backend without ports has none of these.
    """
    backend().load_topology(items)


def load_fixtures(items: list[dict]) -> None:
    """Add networks that are declared in a file, unless networks with their labels are there.

    An item has the columns of a network by their names (label, cidr, gateway, vlan, ...), of which
    only label and cidr are needed. Raises ValueError for what makes no sense.
    """
    backend().load_fixtures(items)
