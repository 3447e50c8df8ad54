"""Floating addresses: of external networks, and through routers on ports.

Each is a row of floating_ips, as with the embedded backend, but there is no pool of free ones: an address
is one of the external network's, taken by a port of its own (device_owner network:floatingip).
"""

from oslo_db import exception as db_exc
from oslo_utils import uuidutils

from minova import exception
from minova.db import engine, neutron_nouns
from minova.db import floating_ips as db
from minova.db import networks as db_networks
from minova.db import ports as db_ports
from minova.db import routers as db_routers
from minova.network.embedded_neutron import noun, ports, quotas


class FloatingIPs(noun.Noun):

    rows = neutron_nouns.FLOATING_IPS

    def __init__(self, networks, port_noun):
        self.networks = networks
        self.ports = port_noun

    def not_found(self, thing_id):
        return exception.neutron.FloatingIPNotFound(floatingip_id=thing_id)

    def views(self, rows):
        return [_view(row) for row in rows]

    def reserve(self, conn, context, things):
        quotas.reserve(conn, context, 'floatingip', [thing['project_id'] for thing in things])

    def insert(self, conn, context, thing):
        network = self.networks.find(context, thing['floating_network_id'])
        if not network['external']:
            raise exception.neutron.BadRequest(
                resource='floatingip',
                msg=f'Network {network["uuid"]} is not a valid external network')
        fip_id, wanted = uuidutils.generate_uuid(), {}
        if thing.get('subnet_id'):
            wanted['subnet_id'] = thing['subnet_id']
        if thing.get('floating_ip_address'):
            wanted['ip_address'] = thing['floating_ip_address']
        port = ports.make(conn, network, {
            'device_id': fip_id, 'device_owner': db_ports.FLOATING, 'kept': True,
            'port_security_enabled': False}, [wanted] if wanted else None)
        address = next((a for a in port['addresses'] if ':' not in a), None)
        if address is None:
            raise exception.neutron.BadRequest(
                resource='floatingip',
                msg=f'Network {network["uuid"]} does not contain any IPv4 subnet')
        try:
            db.insert(conn, {
                'uuid': fip_id, 'address': address, 'pool': network['label'],
                'network_id': network['id'], 'project_id': thing['project_id'],
                'description': thing.get('description')})
        except db_exc.DBDuplicateEntry:
            # Networks may overlap, but floating addresses are known by themselves, too.
            raise exception.neutron.IpAddressAlreadyAllocated(
                ip=address, subnet_id=port['network_uuid']) from None
        if thing.get('port_id'):
            self._associate(conn, context, self.row(fip_id), thing)
        return fip_id

    def row(self, thing_id: str) -> dict:
        """The floating address, whosever it is."""
        with engine.reader() as conn:
            return db.get_neutron(conn, thing_id)

    @engine.retry_on_conflict
    def update(self, context, thing_id, values):
        self.find_own(context, thing_id)
        with engine.writer() as conn:
            fip = self._lock(conn, thing_id)
            if 'description' in values:
                db.update(conn, fip['id'], {'description': values['description']})
            if values.get('port_id'):
                self._associate(conn, context, fip, values)
            elif 'port_id' in values:
                self.leave(conn, fip)
            return self.shown(thing_id)

    def _lock(self, conn, thing_id: str) -> dict:
        db.lock_neutron(conn, thing_id)
        fip = db.get_neutron(conn, thing_id)
        if fip is None:
            raise self.not_found(thing_id)
        return fip

    def leave(self, conn, fip: dict) -> None:
        """Take it off the address that it is on."""
        db.update(conn, fip['id'], {'fixed_ip_id': None, 'router_id': None, 'host': None})
        if fip['instance_uuid']:
            db_ports.refresh_server(conn, fip['instance_uuid'])

    def _associate(self, conn, context, fip: dict, values: dict) -> None:
        port = self.ports.find_own(context, values['port_id'])
        # Looked at once its addresses cannot change.
        db_networks.lock(conn, port['network_id'])
        port = db_ports.get_by_uuid(values['port_id'])
        if port is None:
            raise exception.neutron.PortNotFound(port_id=values['port_id'])
        wanted = values.get('fixed_ip_address')
        fixed = [f for f in port['fixed_ips']
                 if ':' not in f['address'] and wanted in (None, f['address'])]
        if wanted and not fixed:
            raise exception.neutron.BadRequest(
                resource='floatingip',
                msg=f'Port {port["uuid"]} does not have fixed ip {wanted}')
        if not fixed:
            raise exception.neutron.BadRequest(
                resource='floatingip',
                msg=f'Cannot add floating IP to port {port["uuid"]} that has no fixed IPv4 addresses')
        if len(fixed) > 1:
            raise exception.neutron.BadRequest(
                resource='floatingip',
                msg=f'Port {port["uuid"]} has multiple fixed IPv4 addresses.  Must provide a specific '
                    'IPv4 address when assigning a floating IP')
        self.associate(conn, fip, port, fixed[0])

    def associate(self, conn, fip: dict, port: dict, fixed: dict) -> None:
        """Move it to that address of the port, which a router must connect to its network.

        Raises ExternalGatewayForFloatingIPNotFound, FloatingIPPortAlreadyAssociated.
        """
        router_id = db_routers.reaching(conn, fixed['subnet_id'], fip['network_id'])
        if router_id is None:
            raise exception.neutron.ExternalGatewayForFloatingIPNotFound(
                external_network_id=fip['network_uuid'], subnet_id=fixed['subnet_uuid'],
                port_id=port['uuid'])
        if db.is_on(conn, fixed['id'], fip['network_id'], fip['id']):
            raise exception.neutron.FloatingIPPortAlreadyAssociated(
                floating_ip_address=fip['address'], fip_id=fip['uuid'], port_id=port['uuid'],
                fixed_ip=fixed['address'], net_id=fip['network_uuid'])
        db.update(conn, fip['id'], {'fixed_ip_id': fixed['id'], 'router_id': router_id,
                                    'host': port['host']})
        for instance_uuid in {port['instance_uuid'], fip['instance_uuid']} - {None}:
            db_ports.refresh_server(conn, instance_uuid)

    @engine.retry_on_conflict
    def delete(self, context, thing_id):
        self.find_own(context, thing_id)
        with engine.writer() as conn:
            fip = self._lock(conn, thing_id)
            quotas.release(conn, 'floatingip', fip['project_id'])
            db_ports.delete(conn, [port['id'] for port in db_ports.get_by_device(
                thing_id, db_ports.FLOATING)])
            # What servers show of it is refreshed with this.
            db.delete(conn, [fip])


def _view(row: dict) -> dict:
    return {key: value for key, value in noun.common(row).items() if key != 'name'} | {
        'floating_ip_address': row['address'],
        'floating_network_id': row['network_uuid'],
        'router_id': row['router_uuid'],
        'port_id': row['port_uuid'],
        'fixed_ip_address': row['fixed_address'],
        'status': 'ACTIVE' if row['fixed_ip_id'] else 'DOWN',
        'port_details': row['port_uuid'] and {
            'name': row['port_name'] or '', 'network_id': row['port_network_uuid'],
            'mac_address': row['port_mac'], 'admin_state_up': row['port_up'],
            'status': 'ACTIVE' if row['port_device_id'] else 'DOWN',
            'device_id': row['port_device_id'] or '',
            'device_owner': row['port_device_owner'] or ''},
        'port_forwardings': [],
        'qos_policy_id': None,
        'dns_domain': '',
        'dns_name': '',
    }
