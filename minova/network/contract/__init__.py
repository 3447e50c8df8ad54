"""What may be asked of a network backend: one abstract class per noun.

A backend written by somebody else implements these and nothing else. Arguments and results are
plain data. Every method may raise what its docstring names, and nothing else that a client is to
see.
"""

import abc

from minova.network.contract.dns import DNSAPI
from minova.network.contract.floating_ips import FloatingIPAPI
from minova.network.contract.metadata import MetadataAPI
from minova.network.contract.networks import NetworkAPI
from minova.network.contract.neutron import NOUNS, NeutronAPI, Query
from minova.network.contract.servers import ServerAPI
from minova.network.contract.vpn import VPNAPI

__all__ = ['API', 'Backend', 'DNSAPI', 'FloatingIPAPI', 'MetadataAPI', 'NOUNS', 'NetworkAPI',
           'NeutronAPI', 'Query', 'ServerAPI', 'VPNAPI']


class API(ServerAPI, NetworkAPI, FloatingIPAPI, DNSAPI, MetadataAPI):
    """Everything about networks."""


class Backend(abc.ABC):
    """A network backend."""

    api: API
    vpn_api: VPNAPI

    #: Whether the interfaces of servers are ports, which are there without a server, too. Such a backend
    #: has `neutron`, the network API is served over it, and security groups are known by uuid.
    has_ports: bool = False
    neutron: NeutronAPI

    #: Whether networks and ports are minova's own, in its database: what is asked inside a transaction is
    #: part of it. A backend that is not has ports, waits for another service, and is asked outside of any
    #: transaction; security groups are there, too, and what servers show is refreshed by it.
    is_own: bool = True

    @abc.abstractmethod
    def load_fixtures(self, items: list[dict]) -> None:
        """Add these networks, where no network with such a label is there."""

    @abc.abstractmethod
    def load_topology(self, items: list[dict]) -> None:
        """Add networks with subnets, and routers, where none of their names are there.

        A backend without ports has nothing of the kind, and does nothing.
        """

    def ensure_default_group(self, context) -> bool:
        """Make the project's security group `default`, if that is the network's to make.

        False: it is not, and compute makes it.
        """
        return False
