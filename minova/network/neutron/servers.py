"""The ports of servers: what compute asks for when it builds, changes and deletes them.

A port is known by its device_id, so that whoever does something again after a crash finds what was done.
Which ports a server was given, and did not get made for it, is written down before they are bound.
"""

import ipaddress

from minova import addresses, exception
from minova.conf import CONF
from minova.db import engine
from minova.db import server_ports as db
from minova.network.neutron import info


class ServerMixin:
    """Needs `neutron`."""

    # ---- what a server is given

    def validate_networks(self, context, requested_networks):
        networks = self._networks_for(context, requested_networks)
        for network in networks:
            check_network(context, network)
        for wanted in requested_networks or ():
            if wanted.get('port'):
                self._usable_port(context, wanted['port'])
            elif wanted.get('fixed_ip'):
                self._check_address(context, wanted['uuid'], wanted['fixed_ip'])

    def _networks_for(self, context, requested_networks) -> list[dict]:
        """The networks on which the server is to get new ports, each as often as it is asked for.

        Raises NetworkNotFound, NetworkAmbiguous.
        """
        if not requested_networks:
            found = {network['id']: network for filters in (
                {'project_id': context.project_id or ''}, {'shared': 'True'})
                for network in self.neutron.find(context, 'network', **filters)
                if not network.get('router:external')}
            if len(found) > 1:
                raise exception.NetworkAmbiguous()
            return list(found.values())
        uuids = [wanted['uuid'] for wanted in requested_networks if not wanted.get('port')]
        known = {network['id']: network for network in self.neutron.find(
            context, 'network', id=list(dict.fromkeys(uuids)))}
        for uuid in uuids:
            if uuid not in known:
                raise exception.NetworkNotFound(network_id=uuid)
        return [known[uuid] for uuid in uuids]

    def _usable_port(self, context, port_id: str) -> dict:
        """The port, which nothing has. Raises PortNotFound, PortInUse, PortRequiresFixedIP."""
        try:
            port = self.neutron.get(context, 'port', port_id)
        except exception.NotFound:
            port = None
        # The owner of a network sees what others have on it.
        if port is None or not context.is_admin and port['project_id'] != context.project_id:
            raise exception.PortNotFound(port_id=port_id)
        if port['device_id']:
            raise exception.PortInUse(port_id=port_id)
        if not port['fixed_ips']:
            raise exception.PortRequiresFixedIP(port_id=port_id)
        return port

    def _check_address(self, context, network_id: str, address: str) -> None:
        """Raises FixedIpInvalid, FixedIpNotFoundForNetwork, FixedIpAlreadyInUse."""
        if not addresses.is_address(address):
            raise exception.FixedIpInvalid(address=address)
        if not any(ipaddress.ip_address(address) in ipaddress.ip_network(subnet['cidr'])
                   for subnet in self.neutron.find(context, 'subnet', network_id=network_id)):
            raise exception.FixedIpNotFoundForNetwork(address=address, network_uuid=network_id)
        used = self._with_address(context, network_id, address)
        if used:
            raise exception.FixedIpAlreadyInUse(address=address, instance_uuid=used['device_id'])

    def _with_address(self, context, network_id: str, address: str) -> dict | None:
        found = self.neutron.find(context.elevated(), 'port', network_id=network_id,
                                  fixed_ips=f'ip_address={ipaddress.ip_address(address)}')
        return found[0] if found else None

    def allocate_for_instance(self, context, instance, requested_networks=None, security_groups=None):
        try:
            return self._allocate(context.elevated(), instance, requested_networks, security_groups)
        except exception.NetworkError:
            raise
        except (exception.NotFound, exception.Invalid, exception.Conflict, exception.Forbidden,
                exception.ServiceUnreachable) as error:
            # What was there when the server was accepted has gone, or Neutron has.
            raise exception.NetworkError(error.message) from error

    def _allocate(self, admin, instance, requested_networks, security_groups) -> list[dict]:
        """Give the server what is still missing of what it asks for."""
        self._remember_given(instance['uuid'], [
            wanted['port'] for wanted in requested_networks or () if wanted.get('port')])
        networks = self._networks_for(admin, requested_networks)
        given = db.get_given(instance['uuid'])
        has = self._ports_of(admin, instance)
        made = info.in_order([port for port in has if port['id'] not in given], [])
        order = []
        for wanted in requested_networks or [{}] * len(networks):
            if wanted.get('port'):
                if wanted['port'] not in [port['id'] for port in has]:
                    self._take_port(admin, instance, wanted['port'])
                order.append(wanted['port'])
                continue
            network = networks.pop(0)
            port = next((port for port in made if _fits(port, network, wanted)), None)
            if port is None:
                port = self._make_port(admin, instance, network, wanted.get('fixed_ip'), security_groups)
            else:
                made.remove(port)
            order.append(port['id'])
        return info.refresh(self.neutron, admin, instance['uuid'], order)

    def _ports_of(self, admin, instance: dict) -> list[dict]:
        return self.neutron.ports_of(admin, [instance['uuid']])

    def _make_port(self, admin, instance: dict, network: dict, fixed_ip: str | None,
                   security_groups: list[str] | None) -> dict:
        """A port that goes with the server. Raises NetworkErrors."""
        values = {'network_id': network['id'], 'project_id': instance['project_id'],
                  'admin_state_up': True, **_device(instance)}
        if fixed_ip:
            values['fixed_ips'] = [{'ip_address': fixed_ip}]
        if security_groups and network.get('port_security_enabled', True):
            values['security_groups'] = list(security_groups)
        errors = exception.neutron
        try:
            return self.neutron.create(admin, 'port', [values])[0]
        except errors.IpAddressAlreadyAllocated:
            used = self._with_address(admin, network['id'], fixed_ip) or {'device_id': ''}
            raise exception.FixedIpAlreadyInUse(
                address=fixed_ip, instance_uuid=used['device_id']) from None
        except errors.IpAddressGenerationFailure:
            raise exception.NoMoreFixedIps(net=network['id']) from None
        except (errors.InvalidIpForNetwork, errors.InvalidIpForSubnet):
            raise exception.FixedIpNotFoundForNetwork(
                address=fixed_ip, network_uuid=network['id']) from None
        except errors.OverQuota:
            raise exception.PortLimitExceeded() from None

    def _take_port(self, admin, instance: dict, port_id: str) -> None:
        """Bind a port that the server is given. Raises PortNotFound, PortInUse, PortRequiresFixedIP."""
        port = self._usable_port(admin, port_id)
        try:
            self.neutron.update(admin, 'port', port_id, _device(instance),
                                revision=port.get('revision_number'))
        except exception.neutron.PortNotFound:
            raise exception.PortNotFound(port_id=port_id) from None
        except exception.Conflict:
            # Somebody was faster.
            raise exception.PortInUse(port_id=port_id) from None

    @staticmethod
    @engine.retry_on_conflict
    def _remember_given(instance_uuid: str, port_ids: list[str]) -> None:
        if port_ids:
            with engine.writer() as conn:
                db.add_given(conn, instance_uuid, port_ids)

    # ---- and gives back

    def deallocate_for_instance(self, context, instance):
        admin, given = context.elevated(), db.get_given(instance['uuid'])
        try:
            for port in self._ports_of(admin, instance):
                self._let_go(admin, port, port['id'] in given)
        except (exception.Invalid, exception.Conflict, exception.Forbidden,
                exception.ServiceUnreachable) as error:
            raise exception.NetworkError(error.message) from error
        self._forget_given(instance['uuid'])

    def _let_go(self, admin, port: dict, given: bool) -> None:
        """A port that was made for the server goes with it; one that it was given stays."""
        try:
            if given:
                self.neutron.update(admin, 'port', port['id'], {
                    'device_id': '', 'device_owner': '', 'binding:host_id': ''})
            else:
                self.neutron.delete(admin, 'port', port['id'])
        except exception.neutron.PortNotFound:
            pass        # somebody else was faster

    @staticmethod
    @engine.retry_on_conflict
    def _forget_given(instance_uuid: str, port_id: str | None = None) -> None:
        with engine.writer() as conn:
            db.remove_given(conn, instance_uuid, port_id)

    def setup_instance_network_on_host(self, context, instance, host):
        admin = context.elevated()
        try:
            for port in self._ports_of(admin, instance):
                if port.get('binding:host_id') != host:
                    self.neutron.update(admin, 'port', port['id'], {'binding:host_id': host})
        except (exception.NotFound, exception.Invalid, exception.Conflict, exception.Forbidden,
                exception.ServiceUnreachable) as error:
            raise exception.NetworkError(error.message) from error

    # ---- what it shows

    def refresh_network_info(self, context, instance):
        info.refresh(self.neutron, context.elevated(), instance['uuid'])

    def heal_network_info(self, context, instance_uuids):
        info.heal(self.neutron, context.elevated(), instance_uuids)


def check_network(context, network: dict) -> None:
    """Raises ExternalNetworkAttachForbidden, NetworkRequiresSubnet."""
    if network.get('router:external') and not network.get('shared') and not context.is_admin:
        raise exception.ExternalNetworkAttachForbidden(network_uuid=network['id'])
    if not network['subnets']:
        raise exception.NetworkRequiresSubnet(network_uuid=network['id'])


def _fits(port: dict, network: dict, wanted: dict) -> bool:
    """Whether the port was made for what is wanted, before the process died."""
    address = wanted.get('fixed_ip')
    return port['network_id'] == network['id'] and (
        not address or str(ipaddress.ip_address(address)) in
        [fixed['ip_address'] for fixed in port['fixed_ips']])


def _device(instance: dict) -> dict:
    """The attributes of a port that the server has."""
    zone = instance.get('availability_zone') or CONF.default_availability_zone
    return {'device_id': instance['uuid'], 'device_owner': f'compute:{zone}',
            'binding:host_id': instance['host'] or ''}
