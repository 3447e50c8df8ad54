"""The addresses and interfaces of servers, in the embedded backend."""

import logging

from minova import addresses, exception
from minova.conf import CONF
from minova.db import engine
from minova.db import fixed_ips as db_fixed_ips
from minova.db import networks as db_networks
from minova.db import virtual_interfaces as db_interfaces
from minova.network.embedded import floating_ips

LOG = logging.getLogger(__name__)


class ServerMixin:

    def validate_networks(self, context, requested_networks):
        known = _known_networks(requested_networks, context.project_id)
        for requested in requested_networks or ():
            address, network = requested.get('fixed_ip'), known.get(requested.get('uuid'))
            if address is None:
                continue
            if not addresses.is_address(address):
                raise exception.FixedIpInvalid(address=address)
            if network is None:
                continue
            _check_in_network(address, network)
            row = db_fixed_ips.get_in_network(address, network['id'])
            _check_free(address, network, row)

    @engine.retry_on_conflict
    def allocate_for_instance(self, context, instance, requested_networks=None,
                              security_groups=None):
        instance_uuid = instance['uuid']
        known = _known_networks(requested_networks, instance['project_id'])
        with engine.writer() as conn:
            if not db_interfaces.get_by_instance(instance_uuid):
                taken = [_connect(conn, instance, network_id, address)
                         for network_id, address in _places(conn, requested_networks, known)]
                if CONF.auto_assign_floating_ip:
                    floating_ips.assign(conn, instance, taken[0])
            return db_interfaces.refresh_network_info(conn, instance_uuid)

    @engine.retry_on_conflict
    def deallocate_for_instance(self, context, instance):
        with engine.writer() as conn:
            db_interfaces.delete_all(conn, instance['uuid'])
            db_interfaces.refresh_network_info(conn, instance['uuid'])

    def get_vifs_by_instance(self, context, instance):
        return db_interfaces.get_by_instance(instance['uuid'])

    @engine.retry_on_conflict
    def add_fixed_ip_to_instance(self, context, instance, network_id):
        found = db_networks.get_by_uuids([network_id])
        if not found or found[0]['project_id'] not in (None, instance['project_id']):
            raise exception.NetworkNotFoundForUUID(uuid=network_id)
        with engine.writer() as conn:
            vifs = db_interfaces.get_by_instance(instance['uuid'])
            vif_id = next((v['id'] for v in vifs if v['network_id'] == found[0]['id']), None)
            _connect(conn, instance, found[0]['id'], None, vif_id)
            db_interfaces.refresh_network_info(conn, instance['uuid'])

    @engine.retry_on_conflict
    def remove_fixed_ip_from_instance(self, context, instance, address):
        with engine.writer() as conn:
            if not db_interfaces.remove_address(conn, instance['uuid'], address):
                raise exception.FixedIpNotFoundForSpecificInstance(
                    instance_uuid=instance['uuid'], ip=address)
            db_interfaces.refresh_network_info(conn, instance['uuid'])

    # nova-network has no ports, and neither have these networks.

    def list_ports(self, context, instance):
        raise exception.NotSupported()

    def show_port(self, context, instance, port_id):
        raise exception.NotSupported()

    def attach_interface(self, context, instance, network_id, port_id, fixed_ip):
        raise exception.NotSupported()

    def detach_interface(self, context, instance, port_id):
        LOG.info('The server %s has no port %s to be detached', instance['uuid'], port_id)


def _known_networks(requested_networks: list[dict] | None, project_id: str) -> dict[str, dict]:
    """The networks that a server asks for and its project may use, by uuid."""
    if not CONF.use_requested_networks:
        return {}
    uuids = [r['uuid'] for r in requested_networks or () if r.get('uuid')]
    return {n['uuid']: n for n in db_networks.get_by_uuids(uuids)
            if n['project_id'] in (None, project_id)}


def _places(conn, requested_networks, known: dict[str, dict]) -> list[tuple[int, str | None]]:
    """Where a server gets its addresses: (network's id, the address that it must be), in order.

    Whatever it asks for that is not there comes down to one address of the built-in network.
    """
    places = []
    built_in = not requested_networks
    for requested in requested_networks or ():
        network = known.get(requested.get('uuid'))
        if network is None:
            built_in = True
            continue
        address = requested.get('fixed_ip')
        if address is not None:
            _check_in_network(address, network)
            _check_free(address, network, db_fixed_ips.get_in_network(address, network['id']))
        places.append((network['id'], address))
    if built_in:
        places.append((db_networks.ensure_hidden(
            conn, CONF.private_network_label, CONF.private_network_cidr,
            CONF.private_network_cidr_v6), None))
    return places


def _connect(conn, instance: dict, network_id: int, address: str | None,
             vif_id: int | None = None) -> str:
    """An address in that network, just `address` if given, on a new interface or on `vif_id`; it."""
    vif_id = vif_id or db_interfaces.create(conn, network_id, instance['uuid'])
    owner = {'instance_uuid': instance['uuid'], 'virtual_interface_id': vif_id,
             'host': instance['host']}
    taken = db_fixed_ips.take(conn, network_id, owner, address)
    if taken is None:
        if address is not None:
            row = db_fixed_ips.get_in_network(address, network_id)
            raise exception.FixedIpAlreadyInUse(
                address=address, instance_uuid=row['instance_uuid'])
        raise exception.NoMoreFixedIps(net=network_id)
    return taken


def _check_in_network(address: str, network: dict) -> None:
    if not network['cidr'] or addresses.offset_of(network['cidr'], address) is None:
        raise exception.FixedIpNotFoundForNetwork(address=address, network_uuid=network['uuid'])


def _check_free(address: str, network: dict, row: dict | None) -> None:
    """`row` is that of the address. One that is kept from servers does not exist for them."""
    if row and row['instance_uuid']:
        raise exception.FixedIpAlreadyInUse(address=address, instance_uuid=row['instance_uuid'])
    if row['reserved'] if row else not _is_usable(address, network):
        raise exception.FixedIpNotFoundForNetwork(address=address, network_uuid=network['uuid'])


def _is_usable(address: str, network: dict) -> bool:
    offset = addresses.offset_of(network['cidr'], address)
    return network['first_offset'] <= offset <= network['last_offset']
