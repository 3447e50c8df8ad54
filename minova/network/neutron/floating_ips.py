"""Floating addresses for Nova's API: those of Neutron, by their uuids; a pool is an external network."""

from minova import exception
from minova.conf import CONF
from minova.network.neutron import info

_errors = exception.neutron


class FloatingIPMixin:
    """Needs `neutron`."""

    def get_floating_ip(self, context, floating_ip_id):
        try:
            found = self.neutron.get(context, 'floatingip', floating_ip_id)
        except exception.NotFound:
            raise exception.FloatingIpNotFound(id=floating_ip_id) from None
        return self._shown(context, [found])[0]

    def get_floating_ip_by_address(self, context, address):
        return self._shown(context, [self._by_address(context, address)])[0]

    def _by_address(self, context, address: str) -> dict:
        """As Neutron has it. Raises FloatingIpNotFoundForAddress."""
        found = self.neutron.find(context, 'floatingip', floating_ip_address=address)
        if not found:
            raise exception.FloatingIpNotFoundForAddress(address=address)
        return found[0]

    def get_floating_ips_by_project(self, context):
        return self._shown(context, self.neutron.find(
            context, 'floatingip', project_id=context.project_id or ''))

    def get_floating_ip_pools(self, context):
        return sorted(pool['name'] for pool in self._pools(context))

    def _pools(self, context) -> list[dict]:
        return self.neutron.find(context, 'network', router__external='True')

    def allocate_floating_ip(self, context, pool):
        pools, wanted = self._pools(context), pool or CONF.default_floating_pool
        found = [each for each in pools if wanted in (each['name'], each['id'])]
        # Who names no pool gets an address where there is one.
        found = found or ([] if pool else pools)
        if not found:
            raise exception.FloatingIpPoolNotFound()
        try:
            made = self.neutron.create(context, 'floatingip', [{
                'floating_network_id': found[0]['id'], 'project_id': context.project_id}])
        except _errors.OverQuota:
            raise exception.FloatingIpLimitExceeded() from None
        except _errors.IpAddressGenerationFailure:
            raise exception.NoMoreFloatingIps() from None
        return self._shown(context, made)[0]

    def release_floating_ip(self, context, floating_ip):
        try:
            self.neutron.delete(context, 'floatingip', floating_ip['id'])
        except _errors.FloatingIPNotFound:
            raise exception.FloatingIpNotFound(id=floating_ip['id']) from None
        self._refresh(context, {floating_ip['instance_uuid']})

    def associate_floating_ip(self, context, instance, address, fixed_address):
        fip = self._by_address(context, address)
        port = self._port_with(context, instance, fixed_address)
        before = self._shown(context, [fip])[0]['instance_uuid']
        try:
            self.neutron.update(context, 'floatingip', fip['id'], {
                'port_id': port['id'], 'fixed_ip_address': fixed_address})
        except (exception.NotFound, exception.Conflict, exception.Invalid) as error:
            raise exception.FixedIpNotFoundForAddress(error.message) from None
        self._refresh(context, {before, instance['uuid']})

    def _port_with(self, context, instance: dict, fixed_address: str) -> dict:
        for port in self.neutron.ports_of(context.elevated(), [instance['uuid']]):
            if any(fixed['ip_address'] == fixed_address for fixed in port['fixed_ips']):
                return port
        raise exception.FixedIpNotFoundForAddress(address=fixed_address)

    def disassociate_floating_ip(self, context, instance, address):
        fip = self._by_address(context, address)
        if not fip['port_id']:
            raise exception.FloatingIpNotAssociated(address=address)
        self.neutron.update(context, 'floatingip', fip['id'], {'port_id': None})
        self._refresh(context, {instance['uuid']})

    def get_all_floating_ips(self, context, host=None):
        found = self._shown(context, self.neutron.find_all(context, 'floatingip'))
        if host is None:
            return found
        found = [floating_ip for floating_ip in found if floating_ip['host'] == host]
        if not found:
            raise exception.FloatingIpNotFoundForHost(host=host)
        return found

    def _refresh(self, context, instance_uuids: set[str | None]) -> None:
        for instance_uuid in instance_uuids - {None}:
            info.refresh(self.neutron, context.elevated(), instance_uuid)

    def _shown(self, context, fips: list[dict]) -> list[dict]:
        """Floating addresses as the contract has them, by two requests at most."""
        admin = context.elevated()
        networks = {network['id']: network['name'] for network in self.neutron.find(
            admin, 'network', id=sorted({fip['floating_network_id'] for fip in fips}))}
        ports = {port['id']: port for port in self.neutron.find(
            admin, 'port', id=sorted({fip['port_id'] for fip in fips} - {None}))}
        shown = []
        for fip in fips:
            port = ports.get(fip['port_id'], {})
            of_server = (port.get('device_owner') or '').startswith('compute:')
            shown.append({
                'id': fip['id'], 'address': fip['floating_ip_address'],
                'pool': networks.get(fip['floating_network_id'], fip['floating_network_id']),
                'interface': None, 'project_id': fip['project_id'], 'fixed_ip_id': None,
                'fixed_address': fip['fixed_ip_address'], 'host': port.get('binding:host_id') or None,
                'instance_uuid': port['device_id'] if of_server else None})
        return shown
