"""The embedded backend's answer to the whole contract."""

from minova.network import contract
from minova.network.embedded.dns import DNSMixin
from minova.network.embedded.floating_ips import FloatingIPMixin
from minova.network.embedded.metadata import MetadataMixin
from minova.network.embedded.networks import NetworkMixin
from minova.network.embedded.servers import ServerMixin


class API(ServerMixin, NetworkMixin, FloatingIPMixin, DNSMixin, MetadataMixin,
          contract.API):
    """All of it; each part is in the module of its noun."""
