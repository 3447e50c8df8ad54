"""Routers, which connect subnets with one another and with external networks."""

import ipaddress

from oslo_utils import uuidutils

from minova import exception
from minova.db import engine, neutron_nouns
from minova.db import networks as db_networks
from minova.db import ports as db_ports
from minova.db import routers as db
from minova.db import subnets as db_subnets
from minova.network.embedded_neutron import noun, ports, quotas

_SET = ('name', 'description', 'admin_state_up', 'routes')


class Routers(noun.Noun):

    rows = neutron_nouns.ROUTERS

    def __init__(self, networks, subnets):
        self.networks = networks
        self.subnets = subnets

    def not_found(self, thing_id):
        return exception.neutron.RouterNotFound(router_id=thing_id)

    def views(self, rows):
        gateways = db.gateways(rows)
        return [_view(row, gateways.get(row['uuid'])) for row in rows]

    def reserve(self, conn, context, things):
        quotas.reserve(conn, context, 'router', [thing['project_id'] for thing in things])

    def insert(self, conn, context, thing):
        router_id = uuidutils.generate_uuid()
        db.insert(conn, {'name': '', 'routes': [], **{n: thing[n] for n in _SET if n in thing},
                         'uuid': router_id, 'project_id': thing['project_id']})
        if thing.get('external_gateway_info'):
            self._set_gateway(conn, context, db.lock(conn, router_id),
                              thing['external_gateway_info'])
        return router_id

    @engine.retry_on_conflict
    def update(self, context, thing_id, values):
        self.find_own(context, thing_id)
        with engine.writer() as conn:
            router = self._lock(conn, thing_id)
            db.update(conn, router['id'], {n: values[n] for n in _SET if n in values})
            if 'external_gateway_info' in values:
                self._set_gateway(conn, context, router, values['external_gateway_info'] or {})
            return self.shown(thing_id)

    @engine.retry_on_conflict
    def delete(self, context, thing_id):
        self.find_own(context, thing_id)
        with engine.writer() as conn:
            router = self._lock(conn, thing_id)
            if db_ports.get_by_device(thing_id, db_ports.INTERFACE):
                raise exception.neutron.RouterInUse(router_id=thing_id)
            self._set_gateway(conn, context, router, {})
            db.delete(conn, router['id'])

    def _lock(self, conn, router_id: str) -> dict:
        router = db.lock(conn, router_id)
        if router is None:
            raise self.not_found(router_id)
        return router

    # ---- the gateway

    def _set_gateway(self, conn, context, router: dict, info: dict) -> None:
        """Let the router have that way out: network_id (none: no way), enable_snat,
        external_fixed_ips."""
        old = router['external_network_uuid']
        network_id = info.get('network_id')
        if 'enable_snat' in info:
            db.update(conn, router['id'], {'enable_snat': info['enable_snat']})
        if old and old == network_id and info.get('external_fixed_ips') is None:
            return
        if old and old != network_id and db.needed_by_floating_ips(conn, router['id']):
            raise exception.neutron.RouterExternalGatewayInUseByFloatingIp(
                router_id=router['uuid'], net_id=old)
        db_ports.delete(conn, [port['id'] for port in db_ports.get_by_device(
            router['uuid'], db_ports.GATEWAY)])
        network = None
        if network_id:
            network = self.networks.find(context, network_id)
            if not network['external']:
                raise exception.neutron.BadRequest(
                    resource='router', msg=f'Network {network_id} is not an external network')
            # It is the router's, not the project's.
            ports.make(conn, network, {
                'device_id': router['uuid'], 'device_owner': db_ports.GATEWAY, 'kept': True,
                'port_security_enabled': False}, info.get('external_fixed_ips') or None)
        db.update(conn, router['id'], {'external_network_id': network and network['id']})

    # ---- interfaces

    @engine.retry_on_conflict
    def add_interface(self, context, router_id: str, subnet_id: str | None,
                      port_id: str | None) -> dict:
        self.find_own(context, router_id)
        with engine.writer() as conn:
            router = self._lock(conn, router_id)
            if port_id:
                port = self._take_port(conn, context, router, port_id)
            else:
                port = self._make_port(conn, context, router, subnet_id)
            return _interface(router, db_ports.get_by_uuid(port['uuid']))

    def _make_port(self, conn, context, router: dict, subnet_id: str) -> dict:
        subnet = self.subnets.find(context, subnet_id)
        if not subnet['gateway_ip']:
            raise exception.neutron.BadRequest(
                resource='router', msg='Subnet for router interface must have a gateway IP')
        db_networks.lock(conn, subnet['network_id'])
        self._check_overlap(router, [subnet])
        network = {'id': subnet['network_id'], 'uuid': subnet['network_uuid']}
        return ports.make(conn, network, {
            'device_id': router['uuid'], 'device_owner': db_ports.INTERFACE, 'kept': True,
            'project_id': router['project_id'], 'port_security_enabled': False},
            [{'subnet_id': subnet_id, 'ip_address': subnet['gateway_ip']}])

    def _take_port(self, conn, context, router: dict, port_id: str) -> dict:
        port = db_ports.lock(conn, port_id)
        if port is None or not (context.is_admin or port['project_id'] == context.project_id):
            raise exception.neutron.PortNotFound(port_id=port_id)
        if port['device_id'] or port['instance_uuid']:
            raise exception.neutron.PortInUse(
                port_id=port_id, net_id=port['network_uuid'],
                device_id=port['device_id'] or port['instance_uuid'])
        if not port['fixed_ips']:
            raise exception.neutron.BadRequest(
                resource='router', msg='Router port must have at least one fixed IP')
        self._check_overlap(router, [db_subnets.get(fixed['subnet_uuid'])
                                     for fixed in port['fixed_ips']])
        db_ports.update(conn, port['id'], {
            'device_id': router['uuid'], 'device_owner': db_ports.INTERFACE})
        return port

    @staticmethod
    def _check_overlap(router: dict, subnets: list[dict]) -> None:
        """No address is to be reached in two ways."""
        of_router = db_ports.get_by_device(router['uuid'], db_ports.INTERFACE)
        there = db_subnets.get_by_ids({f['subnet_id'] for p in of_router for f in p['fixed_ips']})
        for subnet in subnets:
            for other in there:
                if other['id'] == subnet['id']:
                    raise exception.neutron.BadRequest(
                        resource='router',
                        msg=f'Router already has a port on subnet {subnet["uuid"]}')
                if ipaddress.ip_network(subnet['cidr']).overlaps(ipaddress.ip_network(other['cidr'])):
                    raise exception.neutron.BadRequest(
                        resource='router',
                        msg=f'Cidr {subnet["cidr"]} of subnet {subnet["uuid"]} overlaps with cidr '
                            f'{other["cidr"]} of subnet {other["uuid"]}')

    @engine.retry_on_conflict
    def remove_interface(self, context, router_id: str, subnet_id: str | None,
                         port_id: str | None) -> dict:
        self.find_own(context, router_id)
        with engine.writer() as conn:
            router = self._lock(conn, router_id)
            found = [port for port in db_ports.get_by_device(router_id, db_ports.INTERFACE)
                     if port_id in (None, port['uuid']) and (subnet_id is None or subnet_id in (
                         fixed['subnet_uuid'] for fixed in port['fixed_ips']))]
            if not found and port_id:
                raise exception.neutron.RouterInterfaceNotFound(
                    router_id=router_id, port_id=port_id)
            if not found:
                raise exception.neutron.RouterInterfaceNotFoundForSubnet(
                    router_id=router_id, subnet_id=subnet_id)
            for fixed in found[0]['fixed_ips']:
                if db.needed_by_floating_ips(conn, router['id'], fixed['subnet_id']):
                    raise exception.neutron.RouterInterfaceInUseByFloatingIP(
                        router_id=router_id, subnet_id=fixed['subnet_uuid'])
            db_ports.delete(conn, [found[0]['id']])
            return _interface(router, found[0])


def _interface(router: dict, port: dict) -> dict:
    subnets = [fixed['subnet_uuid'] for fixed in port['fixed_ips']]
    return {'id': router['uuid'], 'project_id': router['project_id'] or '', 'port_id': port['uuid'],
            'network_id': port['network_uuid'], 'subnet_id': subnets[0], 'subnet_ids': subnets}


def _view(row: dict, gateway: dict | None) -> dict:
    info = gateway and {
        'network_id': row['external_network_uuid'], 'enable_snat': row['enable_snat'],
        'external_fixed_ips': ports.fixed_ips(gateway)}
    return noun.common(row) | {
        'admin_state_up': row['admin_state_up'],
        'status': 'ACTIVE',
        'external_gateway_info': info,
        'routes': row['routes'],
        'availability_zones': ['nova'],
        'availability_zone_hints': [],
        'flavor_id': None,
        'distributed': False,
        'ha': False,
    }
