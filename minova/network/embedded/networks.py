"""Networks of the embedded backend: who may use them, and the fixed addresses on them."""

import ipaddress

from minova import addresses, exception
from minova.conf import CONF
from minova.db import engine
from minova.db import fixed_ips as db_fixed_ips
from minova.db import networks as db
from minova.network.embedded import planning

# Columns that a file cannot set, and what Nova says of networks that has no column.
_INTERNAL = frozenset(('id', 'hidden', 'first_offset', 'next_offset', 'last_offset'))
_IGNORED = frozenset(('deleted', 'deleted_at'))


@engine.retry_on_conflict
def load_fixtures(items: list[dict]) -> None:
    """Add the networks `items`, but not those whose label is there already."""
    with engine.writer() as conn:
        labels = {network['label'] for network in db.get_listed(admin=True)}
        for item in items:
            if item['label'] not in labels:
                values = {k: v for k, v in item.items() if k not in _IGNORED}
                unknown = (set(values) - db.COLUMNS) | (set(values) & _INTERNAL)
                if unknown:
                    raise ValueError(f'networks have no {", ".join(sorted(unknown))}')
                db.create(conn, values | planning.usable(values), planning.kept_back(values))


def _find(network_id: str) -> dict:
    found = db.get_by_uuids([network_id])
    if not found:
        raise exception.NetworkNotFound(network_id=network_id)
    return found[0]


class NetworkMixin:

    def get_all(self, context):
        return db.get_listed(context.project_id, admin=context.is_admin)

    def get(self, context, network_id):
        network = _find(network_id)
        if not context.is_admin and network['project_id'] not in (None, context.project_id):
            raise exception.NetworkNotFound(network_id=network_id)
        return network

    @engine.retry_on_conflict
    def create(self, context, *, label, cidr=None, cidr_v6=None, num_networks=None,
               network_size=None, **attributes):
        with engine.writer() as conn:
            existing = db.lock_listed(conn)
            planned = planning.plan(existing, label, cidr, cidr_v6, num_networks or
                                    CONF.num_networks, network_size or CONF.network_size,
                                    attributes)
            return [db.create(conn, network, reserved) for network, reserved in planned]

    @engine.retry_on_conflict
    def delete(self, context, network_id):
        network = self.get(context, network_id)
        if network['project_id'] is not None:
            raise exception.NetworkInUse(network_id=network_id)
        with engine.writer() as conn:
            db.lock(conn, network['id'])
            if not db.delete_unused(conn, network['id']):
                raise exception.NetworkInUse(network_id=network['id'])

    def associate(self, context, network_id, **to):
        network = _find(network_id)
        columns = {'host': 'host', 'project': 'project_id'}
        db.update(network['id'], {columns[what]: value for what, value in to.items()})

    def add_network_to_project(self, context, project_id, network_id):
        if CONF.network_manager != 'VlanManager':
            raise exception.NotSupported('VLAN support must be enabled')
        if network_id is not None and not db.get_by_uuids([network_id]):
            raise exception.NetworkNotFoundForUUID(uuid=network_id)
        if not db.take_for_project(project_id, network_id):
            raise exception.NoMoreNetworks()

    # ---- fixed addresses

    def get_fixed_ip(self, context, address):
        network = self._network_of(address)
        row = db_fixed_ips.get_detailed(address, network['id'])
        if row is None:
            offset = addresses.offset_of(network['cidr'], address)
            outside = not network['first_offset'] <= offset <= network['last_offset']
            row = {'reserved': outside, 'hostname': None, 'host': None}
        return {'address': address, 'cidr': network['cidr'], 'reserved': row['reserved'],
                'hostname': row['hostname'], 'host': row['host']}

    def reserve_fixed_ip(self, context, address, reserved):
        db_fixed_ips.set_reserved(address, self._network_of(address)['id'], reserved)

    @staticmethod
    def _network_of(address: str) -> dict:
        """The network that the address is of; one that is listed before one that is not."""
        # What is no address is not found either, as in Nova's table of addresses.
        if addresses.is_address(address, 4):
            wanted = ipaddress.ip_address(address)
            for network in db.get_with_hidden():
                if network['cidr'] and wanted in ipaddress.ip_network(network['cidr']):
                    return network
        raise exception.FixedIpNotFoundForAddress(address=address)
