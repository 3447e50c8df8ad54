"""Floating addresses for Nova's API: those of Neutron's, by their uuids; a pool is an external network."""

from minova import exception, network
from minova.conf import CONF
from minova.db import engine
from minova.db import floating_ips as db
from minova.db import networks as db_networks
from minova.db import ports as db_ports


class FloatingIPMixin:

    def get_floating_ip(self, context, floating_ip_id):
        return _seen(context, db.get_by_uuid(floating_ip_id),
                     exception.FloatingIpNotFound(id=floating_ip_id))

    def get_floating_ip_by_address(self, context, address):
        return _seen(context, db.get_by_address(address),
                     exception.FloatingIpNotFoundForAddress(address=address))

    def get_floating_ips_by_project(self, context):
        return [_shown(row) for row in db.get_all(project_id=context.project_id)]

    def get_floating_ip_pools(self, context):
        return sorted(pool['label'] for pool in _pools(context))

    def allocate_floating_ip(self, context, pool):
        wanted = pool or CONF.default_floating_pool
        found = [each for each in _pools(context) if wanted in (each['label'], each['uuid'])]
        # Who names no pool gets an address where there is one.
        found = found or ([] if pool else _pools(context))
        if not found:
            raise exception.FloatingIpPoolNotFound()
        try:
            made = network.backend().neutron.create(context, 'floatingip', [{
                'floating_network_id': found[0]['uuid'], 'project_id': context.project_id}])
        except exception.neutron.OverQuota:
            raise exception.FloatingIpLimitExceeded() from None
        except exception.neutron.IpAddressGenerationFailure:
            raise exception.NoMoreFloatingIps() from None
        return _shown(db.get_by_uuid(made[0]['id']))

    def release_floating_ip(self, context, floating_ip):
        network.backend().neutron.delete(context.elevated(), 'floatingip', floating_ip['uuid'])

    @engine.retry_on_conflict
    def associate_floating_ip(self, context, instance, address, fixed_address):
        with engine.writer() as conn:
            fip = self._lock_own(conn, context, address)
            for port in db_ports.get_by_instance(instance['uuid']):
                for fixed in port['fixed_ips']:
                    if fixed['address'] == fixed_address:
                        self._associate(conn, fip, port, fixed)
                        return
            raise exception.FixedIpNotFoundForAddress(address=fixed_address)

    @staticmethod
    def _associate(conn, fip: dict, port: dict, fixed: dict) -> None:
        try:
            network.backend().neutron.floating_ips.associate(conn, fip, port, fixed)
        except (exception.neutron.ExternalGatewayForFloatingIPNotFound,
                exception.neutron.FloatingIPPortAlreadyAssociated) as error:
            raise exception.FixedIpNotFoundForAddress(error.message) from None

    @engine.retry_on_conflict
    def disassociate_floating_ip(self, context, instance, address):
        with engine.writer() as conn:
            fip = self._lock_own(conn, context, address)
            if not fip['fixed_ip_id']:
                raise exception.FloatingIpNotAssociated(address=address)
            network.backend().neutron.floating_ips.leave(conn, fip)

    @staticmethod
    def _lock_own(conn, context, address: str) -> dict:
        fip = db.lock(conn, address)
        if fip is None:
            raise exception.FloatingIpNotFoundForAddress(address=address)
        if not _may_see(context, fip):
            raise exception.Forbidden()
        return db.get_neutron(conn, fip['uuid'])

    def get_all_floating_ips(self, context, host=None):
        return [_shown(row) for row in super().get_all_floating_ips(context, host)]


def _pools(context) -> list[dict]:
    return [each for each in db_networks.get_seen(context.project_id) if each['external']]


def _may_see(context, floating_ip: dict) -> bool:
    return context.is_admin or floating_ip['project_id'] == context.project_id


def _seen(context, floating_ip: dict | None, otherwise: Exception) -> dict:
    if floating_ip is None or not _may_see(context, floating_ip):
        raise otherwise
    return _shown(floating_ip)


def _shown(row: dict) -> dict:
    return row | {'id': row['uuid']}
