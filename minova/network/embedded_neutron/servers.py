"""The ports of servers: what compute asks for when it builds, changes and deletes them."""

import ipaddress

from minova import addresses as arithmetic
from minova import exception
from minova.db import engine, subnets
from minova.db import fixed_ips as db_fixed_ips
from minova.db import networks as db_networks
from minova.db import ports as db
from minova.db import server_interfaces as db_interfaces
from minova.network.embedded_neutron import addresses, ports, quotas
from minova.network.embedded_neutron.noun import check_owner


class ServerMixin:

    # ---- what a server is given

    def validate_networks(self, context, requested_networks):
        networks = self._networks_for(context, requested_networks)
        for network in networks:
            self._check_network(context, network)
        known = {network['uuid']: network for network in networks}
        for wanted in requested_networks or ():
            if wanted.get('port'):
                _usable_port(context, wanted['port'])
            elif wanted.get('fixed_ip'):
                _check_address(known[wanted['uuid']], wanted['fixed_ip'])

    def _networks_for(self, context, requested_networks) -> list[dict]:
        """The networks on which the server is to get new ports, each as often as it is asked for.

        Raises NetworkNotFound, NetworkAmbiguous.
        """
        if not requested_networks:
            found = [network for network in db_networks.get_seen(context.project_id)
                     if not network['external']]
            if len(found) > 1:
                raise exception.NetworkAmbiguous()
            return found
        uuids = [wanted['uuid'] for wanted in requested_networks if not wanted.get('port')]
        known = {network['uuid']: network for network in db_networks.get_by_uuids(uuids)
                 if may_see(context, network)}
        for uuid in uuids:
            if uuid not in known:
                raise exception.NetworkNotFound(network_id=uuid)
        return [known[uuid] for uuid in uuids]

    @staticmethod
    def _check_network(context, network: dict) -> None:
        """Raises ExternalNetworkAttachForbidden, NetworkRequiresSubnet."""
        if network['external'] and not network['shared'] and not context.is_admin:
            raise exception.ExternalNetworkAttachForbidden(network_uuid=network['uuid'])
        if not subnets.get_by_networks([network['id']])[network['id']]:
            raise exception.NetworkRequiresSubnet(network_uuid=network['uuid'])

    @engine.retry_on_conflict
    def allocate_for_instance(self, context, instance, requested_networks=None,
                              security_groups=None):
        try:
            return self._allocate(context, instance, requested_networks)
        except exception.NetworkError:
            raise
        except (exception.NotFound, exception.Invalid, exception.Conflict) as error:
            # What was there when the server was accepted has gone, or is not the only one any more.
            raise exception.NetworkError(error.message) from error

    def _allocate(self, context, instance, requested_networks):
        with engine.writer() as conn:
            if not db.get_by_instance(instance['uuid']):
                networks = self._networks_for(context, requested_networks)
                for wanted in requested_networks or [{}] * len(networks):
                    if wanted.get('port'):
                        self._take_port(conn, context, instance, wanted['port'])
                    else:
                        self._make_port(conn, context, instance, networks.pop(0),
                                        wanted.get('fixed_ip'))
            return db.refresh_server(conn, instance['uuid'])

    def _make_port(self, conn, context, instance: dict, network: dict, fixed_ip: str | None) -> dict:
        """A port that goes with the server. Raises NetworkErrors."""
        try:
            quotas.reserve(conn, context, 'port', [instance['project_id']])
            port = ports.make(conn, network, {
                'instance_uuid': instance['uuid'], 'device_id': instance['uuid'],
                'device_owner': ports.device_owner_of(None), 'host': instance['host'],
                'project_id': instance['project_id'],
                'port_security_enabled': network['port_security_enabled']},
                [{'ip_address': fixed_ip}] if fixed_ip else None)
        except exception.neutron.IpAddressAlreadyAllocated:
            row = db_fixed_ips.get_in_network(fixed_ip, network['id'])
            raise exception.FixedIpAlreadyInUse(
                address=fixed_ip, instance_uuid=row['instance_uuid']) from None
        except exception.neutron.IpAddressGenerationFailure:
            raise exception.NoMoreFixedIps(net=network['uuid']) from None
        except exception.neutron.InvalidIpForNetwork:
            raise exception.FixedIpNotFoundForNetwork(
                address=fixed_ip, network_uuid=network['uuid']) from None
        except exception.neutron.OverQuota:
            raise exception.PortLimitExceeded() from None
        if network['port_security_enabled']:
            db.set_groups(conn, port['id'], db.group_ids_of_server(conn, instance['uuid']))
        return port

    @staticmethod
    def _take_port(conn, context, instance: dict, port_id: str) -> None:
        port = _usable_port(context, port_id)
        if not db.bind(conn, port, instance, ports.device_owner_of(None)):
            raise exception.PortInUse(port_id=port_id)

    @engine.retry_on_conflict
    def deallocate_for_instance(self, context, instance):
        with engine.writer() as conn:
            _let_go(conn, db.get_by_instance(instance['uuid']))
            db.refresh_server(conn, instance['uuid'])

    @engine.retry_on_conflict
    def setup_instance_network_on_host(self, context, instance, host):
        with engine.writer() as conn:
            db.move(conn, instance['uuid'], host)

    def get_vifs_by_instance(self, context, instance):
        return db.get_by_instance(instance['uuid'])

    # ---- ports

    def list_ports(self, context, instance):
        return [_port(port) for port in db.get_by_instance(instance['uuid'])]

    def show_port(self, context, instance, port_id):
        for port in db.get_by_instance(instance['uuid']):
            if port['uuid'] == port_id:
                return _port(port)
        raise exception.PortNotFound(port_id=port_id)

    @engine.retry_on_conflict
    def attach_interface(self, context, instance, network_id, port_id, fixed_ip):
        with engine.writer() as conn:
            db.lock_server(conn, instance['uuid'])
            if port_id:
                self._take_port(conn, context, instance, port_id)
            else:
                wanted = [{'uuid': network_id}] if network_id else None
                networks = self._networks_for(context, wanted)
                if not networks:
                    raise exception.NetworkNotFound(network_id=network_id)
                self._check_network(context, networks[0])
                if fixed_ip:
                    _check_address(networks[0], fixed_ip)
                port_id = self._make_port(conn, context, instance, networks[0], fixed_ip)['uuid']
            db.refresh_server(conn, instance['uuid'])
            return _port(db.get_by_uuid(port_id))

    @engine.retry_on_conflict
    def detach_interface(self, context, instance, port_id):
        with engine.writer() as conn:
            db.lock_server(conn, instance['uuid'])
            port = db.lock(conn, port_id)
            if port is None or port['instance_uuid'] != instance['uuid']:
                raise exception.PortNotFound(port_id=port_id)
            _let_go(conn, [port])
            db.refresh_server(conn, instance['uuid'])

    # ---- addresses

    @engine.retry_on_conflict
    def add_fixed_ip_to_instance(self, context, instance, network_id):
        with engine.writer() as conn:
            db.lock_server(conn, instance['uuid'])
            of_network = [port for port in db.get_by_instance(instance['uuid'])
                          if port['network_uuid'] == network_id]
            found = db_networks.get_by_uuids([network_id])
            if not of_network or not found:
                raise exception.NetworkNotFoundForUUID(uuid=network_id)
            subnet = next((s for s in subnets.get_of_network(conn, found[0]['id'])), None)
            try:
                addresses.give(conn, found[0], of_network[0],
                               [{'subnet_id': subnet['uuid']}] if subnet else None)
            except exception.neutron.IpAddressGenerationFailure:
                raise exception.NoMoreFixedIps(net=network_id) from None
            db.refresh_server(conn, instance['uuid'])

    @engine.retry_on_conflict
    def remove_fixed_ip_from_instance(self, context, instance, address):
        with engine.writer() as conn:
            db.lock_server(conn, instance['uuid'])
            if not subnets.give_back_of_instance(conn, instance['uuid'], address):
                raise exception.FixedIpNotFoundForSpecificInstance(
                    instance_uuid=instance['uuid'], ip=address)
            db.refresh_server(conn, instance['uuid'])

    # ---- for the metadata service

    def get_interfaces(self, context, instance):
        rows = db_interfaces.get_with_subnets(instance['uuid'])
        return [{'vif_id': row['vif_id'], 'mac': row['mac'], 'network_uuid': row['network_uuid'],
                 'mtu': row['mtu'], 'subnets': [_subnet(subnet) for subnet in row['subnets']]}
                for row in rows]


def may_see(context, network: dict) -> bool:
    return (context.is_admin or network['shared'] or network['external']
            or network['project_id'] == context.project_id)


def _usable_port(context, port_id: str) -> dict:
    """The port, which nothing has. Raises PortNotFound, PortInUse, PortRequiresFixedIP."""
    port = db.get_by_uuid(port_id)
    try:
        if port is not None:
            check_owner(context, port['project_id'])
    except exception.neutron.NotAuthorized:
        port = None
    if port is None:
        raise exception.PortNotFound(port_id=port_id)
    if port['device_id'] or port['instance_uuid']:
        raise exception.PortInUse(port_id=port_id)
    if not port['fixed_ips']:
        raise exception.PortRequiresFixedIP(port_id=port_id)
    return port


def _check_address(network: dict, address: str) -> None:
    """Raises FixedIpInvalid, FixedIpNotFoundForNetwork, FixedIpAlreadyInUse."""
    if not arithmetic.is_address(address):
        raise exception.FixedIpInvalid(address=address)
    of_network = subnets.get_by_networks([network['id']])[network['id']]
    if not any(addresses.usable(subnet, address) for subnet in of_network):
        raise exception.FixedIpNotFoundForNetwork(address=address, network_uuid=network['uuid'])
    row = db_fixed_ips.get_in_network(str(ipaddress.ip_address(address)), network['id'])
    if row:
        raise exception.FixedIpAlreadyInUse(address=address, instance_uuid=row['instance_uuid'])


def _let_go(conn, of_server: list[dict]) -> None:
    """The ports that were made for the server go with it; those that it was given stay."""
    db.delete(conn, [port['id'] for port in of_server if not port['kept']])
    db.unbind(conn, [port['id'] for port in of_server if port['kept']])


def _port(port: dict) -> dict:
    return {'id': port['uuid'], 'network_id': port['network_uuid'], 'mac_address': port['address'],
            'status': ports.status(port), 'fixed_ips': ports.fixed_ips(port)}


def _subnet(row: dict) -> dict:
    return {'version': row['ip_version'], 'addresses': row['addresses'], 'gateway': row['gateway_ip'],
            'netmask': str(ipaddress.ip_network(row['cidr']).netmask),
            'dns': row['dns_nameservers'], 'dhcp': row['enable_dhcp'] and not row['ipv6_address_mode']}
