"""Ports, as Neutron's API has them."""

from oslo_utils import uuidutils

from minova import exception
from minova.conf import CONF
from minova.db import engine, subnets
from minova.db import neutron_nouns as nouns
from minova.db import ports as db
from minova.db import security_groups as db_groups
from minova.network.embedded_neutron import addresses, noun, quotas, security_groups

_SERVICE_OWNERS = (db.INTERFACE, db.GATEWAY, db.FLOATING)



class Ports(noun.Noun):

    rows = nouns.PORTS

    def __init__(self, networks):
        self.networks = networks

    def not_found(self, thing_id):
        return exception.neutron.PortNotFound(port_id=thing_id)

    def views(self, rows):
        return [_view(row) for row in db.with_addresses(rows)]

    def reserve(self, conn, context, things):
        quotas.reserve(conn, context, 'port', [thing['project_id'] for thing in things])

    def insert(self, conn, context, thing):
        network = self.networks.find(context, thing['network_id'])
        secure = thing.get('port_security_enabled', network['port_security_enabled'])
        groups = _groups(context, thing, secure)
        port = make(conn, network, {
            **{column: thing[name] for name, column in nouns.SET_OF_PORT.items() if name in thing},
            'port_security_enabled': secure, 'project_id': thing['project_id'], 'kept': True},
            thing.get('fixed_ips'))
        db.set_groups(conn, port['id'], groups)
        return port['uuid']

    @engine.retry_on_conflict
    def update(self, context, thing_id, values):
        self.find_own(context, thing_id)
        with engine.writer() as conn:
            port = db.lock(conn, thing_id)
            if port is None:
                raise self.not_found(thing_id)
            _check_owner(port, values)
            network = {'id': port['network_id'], 'uuid': port['network_uuid']}
            changed = {column: values[name] for name, column in nouns.SET_OF_PORT.items() if name in values}
            if changed.get('address', port['address']) != port['address']:
                if port['instance_uuid']:
                    raise exception.neutron.PortBound(
                        port_id=thing_id, vif_type='ovs', old_mac=port['address'],
                        new_mac=changed['address'])
                if db.is_mac_used(conn, changed['address']):
                    raise exception.neutron.MacAddressInUse(
                        net_id=network['uuid'], mac=changed['address'])
            if values.get('device_id') == '':
                # As Nova does when it lets go of a port.
                changed['instance_uuid'] = None
            db.update(conn, port['id'], changed)
            if 'device_id' in values and port['instance_uuid'] and values['device_id'] == '':
                db.unbind(conn, [port['id']])
            if values.get('fixed_ips') is not None:
                self._readdress(conn, network, port | changed, values['fixed_ips'])
                if port['device_owner'] in _SERVICE_OWNERS and (
                        _subnets(port) != _subnets(db.get_by_uuid(thing_id))):
                    _refuse(port)
            secure = changed.get('port_security_enabled', port['port_security_enabled'])
            if 'security_groups' in values or not secure:
                db.set_groups(conn, port['id'], _groups(
                    context, {'security_groups': port['security_groups'],
                              'project_id': port['project_id'], **values}, secure))
            if port['instance_uuid']:
                db.refresh_server(conn, port['instance_uuid'])
            return self.shown(thing_id)

    @staticmethod
    def _readdress(conn, network: dict, port: dict, wanted: list[dict]) -> None:
        """The port keeps those of its addresses that are wanted, loses the others, and gets new ones."""
        new, kept = [], []
        for each in wanted:
            for fixed in port['fixed_ips']:
                if fixed['id'] not in kept and each.get('ip_address') in (None, fixed['address']) and (
                        each.get('subnet_id') in (None, fixed['subnet_uuid'])):
                    kept.append(fixed['id'])
                    break
            else:
                new.append(each)
        subnets.give_back_of_port(conn, port['id'], kept)
        addresses.give(conn, network, port, new)

    @engine.retry_on_conflict
    def delete(self, context, thing_id):
        self.find_own(context, thing_id)
        with engine.writer() as conn:
            port = db.lock(conn, thing_id)
            if port is None:
                raise self.not_found(thing_id)
            if port['device_owner'] in _SERVICE_OWNERS:
                raise exception.neutron.ServicePortInUse(
                    port_id=thing_id, reason=f'has device owner {port["device_owner"]}')
            db.delete(conn, [port['id']])
            if port['instance_uuid']:
                db.refresh_server(conn, port['instance_uuid'])


def _check_owner(port: dict, values: dict) -> None:
    """Raises InvalidInput for changes to what belongs to a router or a floating address."""
    its_own = {'device_id', 'device_owner'}
    if port['device_owner'] != db.INTERFACE:
        its_own.add('fixed_ips')
    if port['device_owner'] in _SERVICE_OWNERS and its_own & set(values):
        _refuse(port)


def _refuse(port: dict) -> None:
    raise exception.neutron.InvalidInput(
        error_message=f'Port {port["uuid"]} has device owner {port["device_owner"]}, which alone changes '
                      'its device and subnets')


def _subnets(port: dict) -> set[str]:
    return {fixed['subnet_uuid'] for fixed in port['fixed_ips']}


def make(conn, network: dict, values: dict, fixed_ips: list[dict] | None = None) -> dict:
    """A new port on the network (id, uuid), with the columns `values`: id, uuid, address, fixed_ips.

    It gets addresses as addresses.give() says. Raises what that raises, and MacAddressInUse.
    """
    values = {'name': '', 'uuid': uuidutils.generate_uuid(), 'network_id': network['id'], 'device_id': '',
              'device_owner': '', **values}
    port_id = db.insert(conn, values)
    if port_id is None:
        raise exception.neutron.MacAddressInUse(net_id=network['uuid'], mac=values['address'])
    port = db.get_by_uuid(values['uuid'])
    given = addresses.give(conn, network, port, fixed_ips)
    return port | {'addresses': given}


def _groups(context, thing: dict, secure: bool) -> list[int]:
    """The ids of the groups that the port is to be in: those asked for, else the default one.

    Raises SecurityGroupNotFound, PortSecurityAndIPRequiredForSecurityGroups.
    """
    wanted = thing.get('security_groups')
    if not secure:
        if wanted and 'port_security_enabled' not in thing:
            raise exception.neutron.PortSecurityAndIPRequiredForSecurityGroups()
        return []
    if thing['project_id'] is None and wanted is None:
        return []
    if wanted is None:
        security_groups.ensure_default(thing['project_id'], context.user_id)
        return [db_groups.get_by_names(thing['project_id'], [db_groups.DEFAULT])['default']['id']]
    found = db_groups.get_by_uuids(wanted, None if context.is_admin else thing['project_id'])
    for uuid in wanted:
        if uuid not in found:
            raise exception.neutron.SecurityGroupNotFound(id=uuid)
    return [found[uuid]['id'] for uuid in dict.fromkeys(wanted)]


def _view(row: dict) -> dict:
    pairs = [{'mac_address': row['address'], **pair} for pair in row['allowed_address_pairs'] or ()]
    bound = bool(row['host'])
    return noun.common(row) | {
        'network_id': row['network_uuid'],
        'mac_address': row['address'],
        'admin_state_up': row['admin_state_up'],
        'status': status(row),
        'device_id': row['device_id'] or row['instance_uuid'] or '',
        'device_owner': row['device_owner'] or '',
        'fixed_ips': fixed_ips(row),
        'security_groups': row['security_groups'],
        'allowed_address_pairs': pairs,
        'extra_dhcp_opts': [],
        'port_security_enabled': row['port_security_enabled'],
        'binding:vnic_type': row['vnic_type'] or 'normal',
        'binding:host_id': row['host'] or '',
        'binding:vif_type': 'ovs' if bound else 'unbound',
        'binding:vif_details': {'port_filter': True} if bound else {},
        'binding:profile': {},
    }


def status(row: dict) -> str:
    return 'ACTIVE' if row['device_id'] or row['instance_uuid'] else 'DOWN'


def fixed_ips(row: dict) -> list[dict]:
    return [{'subnet_id': fixed['subnet_uuid'], 'ip_address': fixed['address']}
            for fixed in row['fixed_ips']]


def device_owner_of(zone: str | None) -> str:
    """The device_owner of the ports of a server in that availability zone."""
    return f'compute:{zone or CONF.default_availability_zone}'
