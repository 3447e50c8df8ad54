"""The ports of a server, one by one, and further addresses on them."""

from minova import exception
from minova.db import server_ports as db
from minova.network.neutron import info, servers


class InterfaceMixin:
    """Needs `neutron`, and servers.ServerMixin."""

    def get_vifs_by_instance(self, context, instance):
        ports = self._in_order(context, instance)
        return [{'id': number, 'uuid': port['id'], 'address': port['mac_address'],
                 'network_uuid': port['network_id']} for number, port in enumerate(ports, 1)]

    def list_ports(self, context, instance):
        return [_port(port) for port in self._in_order(context, instance)]

    def show_port(self, context, instance, port_id):
        return _port(self._port_of(context.elevated(), instance, port_id))

    def _in_order(self, context, instance: dict) -> list[dict]:
        return info.in_order(self._ports_of(context.elevated(), instance),
                             [vif['vif_id'] for vif in instance.get('network_info') or ()])

    def _port_of(self, admin, instance: dict, port_id: str) -> dict:
        for port in self._ports_of(admin, instance):
            if port['id'] == port_id:
                return port
        raise exception.PortNotFound(port_id=port_id)

    def attach_interface(self, context, instance, network_id, port_id, fixed_ip):
        admin = context.elevated()
        if port_id:
            self._usable_port(context, port_id)
            self._remember_given(instance['uuid'], [port_id])
            self._take_port(admin, instance, port_id)
        else:
            networks = self._networks_for(context, [{'uuid': network_id}] if network_id else None)
            if not networks:
                raise exception.NetworkNotFound(network_id=network_id)
            servers.check_network(context, networks[0])
            if fixed_ip:
                self._check_address(context, networks[0]['id'], fixed_ip)
            port_id = self._make_port(admin, instance, networks[0], fixed_ip,
                                      self._groups_of(admin, instance))['id']
        info.refresh(self.neutron, admin, instance['uuid'], [port_id])
        return _port(self._port_of(admin, instance, port_id))

    def _groups_of(self, admin, instance: dict) -> list[str]:
        """The groups that the server is in, which its next port is in, too."""
        return list(dict.fromkeys(group for port in self._in_order(admin, instance)
                                  for group in port['security_groups']))

    def detach_interface(self, context, instance, port_id):
        admin = context.elevated()
        port = self._port_of(admin, instance, port_id)
        self._let_go(admin, port, port_id in db.get_given(instance['uuid']))
        self._forget_given(instance['uuid'], port_id)
        info.refresh(self.neutron, admin, instance['uuid'])

    # ---- addresses

    def add_fixed_ip_to_instance(self, context, instance, network_id):
        admin = context.elevated()
        ports = [port for port in self._in_order(context, instance) if port['network_id'] == network_id]
        if not ports:
            raise exception.NetworkNotFoundForUUID(uuid=network_id)
        for subnet in self.neutron.find(admin, 'subnet', network_id=network_id):
            try:
                self.neutron.update(admin, 'port', ports[0]['id'], {
                    'fixed_ips': [*ports[0]['fixed_ips'], {'subnet_id': subnet['id']}]})
            except exception.neutron.IpAddressGenerationFailure:
                continue
            info.refresh(self.neutron, admin, instance['uuid'])
            return
        raise exception.NoMoreFixedIps(net=network_id)

    def remove_fixed_ip_from_instance(self, context, instance, address):
        admin = context.elevated()
        for port in self._ports_of(admin, instance):
            left = [fixed for fixed in port['fixed_ips'] if fixed['ip_address'] != address]
            if len(left) < len(port['fixed_ips']):
                self.neutron.update(admin, 'port', port['id'], {'fixed_ips': left})
                info.refresh(self.neutron, admin, instance['uuid'])
                return
        raise exception.FixedIpNotFoundForSpecificInstance(instance_uuid=instance['uuid'], ip=address)


def _port(port: dict) -> dict:
    return {'id': port['id'], 'network_id': port['network_id'], 'mac_address': port['mac_address'],
            'status': port['status'], 'fixed_ips': [
                {name: fixed[name] for name in ('subnet_id', 'ip_address')} for fixed in port['fixed_ips']]}
