"""Networks, as Neutron's API has them."""

from minova import exception
from minova.db import engine, floating_ips, ports, subnets
from minova.db import networks as db
from minova.db import neutron_nouns as nouns
from minova.network.embedded_neutron import noun, quotas

_MTU = 1500

class Networks(noun.Noun):

    rows = nouns.NETWORKS

    def not_found(self, thing_id):
        return exception.neutron.NetworkNotFound(net_id=thing_id)

    def views(self, rows):
        of_network = subnets.get_by_networks([row['id'] for row in rows])
        return [_view(row, of_network[row['id']]) for row in rows]

    def reserve(self, conn, context, things):
        quotas.reserve(conn, context, 'network', [thing['project_id'] for thing in things])

    def insert(self, conn, context, thing):
        values = {column: thing[name] for name, column in nouns.SET_OF_NETWORK.items() if name in thing}
        network = db.create(conn, {**values, 'mtu': values.get('mtu') or _MTU,
                                   'project_id': thing['project_id']}, [])
        return network['uuid']

    @engine.retry_on_conflict
    def update(self, context, thing_id, values):
        network = self.find_own(context, thing_id)
        with engine.writer() as conn:
            db.lock(conn, network['id'])
            on_it = ports.get_on_network(conn, network['id'])
            if network['external'] and values.get('router:external') is False and any(
                    port['device_owner'] in (ports.GATEWAY, ports.FLOATING) for port in on_it):
                raise exception.neutron.ExternalNetworkInUse(net_id=thing_id)
            if network['shared'] and values.get('shared') is False and any(
                    port['project_id'] not in (None, network['project_id']) for port in on_it):
                raise exception.neutron.InvalidSharedSetting(network=network['label'])
            db.change(conn, network['id'], {
                column: values[name] for name, column in nouns.SET_OF_NETWORK.items() if name in values})
            if 'name' in values:
                # Servers show the name of the network beside their addresses.
                for instance_uuid in sorted({p['instance_uuid'] for p in on_it} - {None}):
                    ports.refresh_server(conn, instance_uuid)
            return self.shown(thing_id)

    @engine.retry_on_conflict
    def delete(self, context, thing_id):
        network = self.find_own(context, thing_id)
        with engine.writer() as conn:
            db.lock(conn, network['id'])
            # Floating addresses that are on no port go with their network.
            unused = floating_ips.lock_unused(conn, network['id'])
            theirs = {fip['uuid'] for fip in unused}
            on_it = ports.get_on_network(conn, network['id'])
            ports.delete(conn, [port['id'] for port in on_it if port['device_id'] in theirs])
            staying = [port['uuid'] for port in on_it if port['device_id'] not in theirs]
            for fip in unused:
                quotas.release(conn, 'floatingip', fip['project_id'])
            floating_ips.delete(conn, unused)
            if staying or not db.delete_unused(conn, network['id']):
                raise exception.neutron.NetworkInUse(net_id=thing_id, ports=', '.join(staying))


def _view(row: dict, of_network: list[dict]) -> dict:
    return noun.common(row | {'name': row['label']}) | {
        'admin_state_up': row['admin_state_up'],
        'status': 'ACTIVE',
        'subnets': [subnet['uuid'] for subnet in of_network],
        'shared': row['shared'],
        'router:external': row['external'],
        'is_default': False,
        'mtu': row['mtu'] or _MTU,
        'port_security_enabled': row['port_security_enabled'],
        'availability_zones': ['nova'],
        'availability_zone_hints': [],
        'ipv4_address_scope': None,
        'ipv6_address_scope': None,
        # What nobody has chosen is a tunnel with a number of its own.
        'provider:network_type': row['network_type'] or 'vxlan',
        'provider:physical_network': row['physical_network'],
        'provider:segmentation_id': row['segmentation_id'] if row['network_type'] else row['id'],
    }
