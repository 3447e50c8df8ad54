"""What compute asks of networks and addresses, over ports."""

from minova import exception
from minova.db import networks as db_networks
from minova.network.embedded import api as embedded
from minova.network.embedded_neutron import servers
from minova.network.embedded_neutron.server_floating_ips import FloatingIPMixin
from minova.network.unchangeable import UnchangeableMixin


class NetworkMixin:
    """Networks for Nova's API: those that Neutron's shows."""

    def get_all(self, context):
        if context.is_admin:
            return db_networks.get_listed(admin=True)
        return db_networks.get_seen(context.project_id)

    def get(self, context, network_id):
        found = db_networks.get_by_uuids([network_id])
        if not found or not servers.may_see(context, found[0]):
            raise exception.NetworkNotFound(network_id=network_id)
        return found[0]


class API(servers.ServerMixin, NetworkMixin, FloatingIPMixin, UnchangeableMixin, embedded.API):
    """Names are those of the embedded backend."""
