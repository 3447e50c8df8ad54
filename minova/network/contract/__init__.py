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
from minova.network.contract.servers import ServerAPI
from minova.network.contract.vpn import VPNAPI

__all__ = ['API', 'Backend', 'DNSAPI', 'FloatingIPAPI', 'MetadataAPI', 'NetworkAPI',
           'ServerAPI', 'VPNAPI']


class API(ServerAPI, NetworkAPI, FloatingIPAPI, DNSAPI, MetadataAPI):
    """Everything about networks."""


class Backend(abc.ABC):
    """A network backend."""

    api: API
    vpn_api: VPNAPI

    @abc.abstractmethod
    def load_fixtures(self, items: list[dict]) -> None:
        """Add these networks, where no network with such a label is there."""
