"""Floating addresses of the embedded backend."""

from collections import Counter

from oslo_db import exception as db_exc

from minova import exception
from minova.conf import CONF
from minova.db import engine
from minova.db import floating_ips as db
from minova.db import quotas as db_quotas


class FloatingIPMixin:

    def get_floating_ip(self, context, floating_ip_id):
        try:
            number = int(floating_ip_id)
        except ValueError:
            number = None
        # Nova takes a number only as it would write it itself.
        if number is None or str(number) != floating_ip_id:
            raise exception.InvalidID(id=floating_ip_id)
        floating_ip = db.get(number)
        if floating_ip is None or not _may_see(context, floating_ip):
            raise exception.FloatingIpNotFound(id=floating_ip_id)
        return floating_ip

    def get_floating_ip_by_address(self, context, address):
        floating_ip = db.get_by_address(address)
        if floating_ip is None or not _may_see(context, floating_ip):
            raise exception.FloatingIpNotFoundForAddress(address=address)
        return floating_ip

    def get_floating_ips_by_project(self, context):
        return db.get_all(project_id=context.project_id)

    def get_floating_ip_pools(self, context):
        return db.get_pools()

    @engine.retry_on_conflict
    def allocate_floating_ip(self, context, pool):
        pool = pool or CONF.default_floating_pool
        project_id = context.project_id
        if not db.has_pool(pool):
            raise exception.FloatingIpPoolNotFound()
        with engine.writer() as conn:
            used = db_quotas.lock_usages(conn, project_id, db_quotas.PROJECT)
            limits, _ = db_quotas.get_limits(project_id, quota_class=context.quota_class)
            limit = limits.get('floating_ips', CONF.quota_floating_ips)
            if 0 <= limit <= used[db_quotas.PROJECT]['floating_ips']:
                raise exception.FloatingIpLimitExceeded()
            floating_ip_id = db.allocate(conn, pool, project_id)
            if floating_ip_id is None:
                raise exception.NoMoreFloatingIps()
            db_quotas.add_usages(conn, project_id, [db_quotas.PROJECT], {'floating_ips': 1})
            return db.get(floating_ip_id)

    @engine.retry_on_conflict
    def release_floating_ip(self, context, floating_ip):
        if floating_ip['auto_assigned']:
            raise exception.CannotDisassociateAutoAssignedFloatingIP()
        with engine.writer() as conn:
            if db.release(conn, floating_ip):
                _count_less(conn, [floating_ip])

    @engine.retry_on_conflict
    def associate_floating_ip(self, context, instance, address, fixed_address):
        with engine.writer() as conn:
            floating_ip = _lock_own(conn, context, address)
            if floating_ip['auto_assigned']:
                return      # it stays where it is, and nobody is told
            # Who keeps all servers off the networks has no addresses for others to lead to.
            if not CONF.use_requested_networks or not db.associate(
                    conn, floating_ip, fixed_address, instance['uuid'], instance['host']):
                raise exception.FixedIpNotFoundForAddress(address=fixed_address)

    @engine.retry_on_conflict
    def disassociate_floating_ip(self, context, instance, address):
        with engine.writer() as conn:
            floating_ip = _lock_own(conn, context, address)
            if floating_ip['auto_assigned']:
                raise exception.CannotDisassociateAutoAssignedFloatingIP()
            if not floating_ip['fixed_ip_id']:
                raise exception.FloatingIpNotAssociated(address=address)
            db.disassociate(conn, floating_ip)

    # ---- pools

    def get_all_floating_ips(self, context, host=None):
        floating_ips = db.get_all(host=host)
        if host is not None and not floating_ips:
            raise exception.FloatingIpNotFoundForHost(host=host)
        return floating_ips

    @engine.retry_on_conflict
    def create_floating_ips(self, context, addresses, pool, interface):
        try:
            with engine.writer() as conn:
                db.create(conn, addresses, pool, interface)
        except db_exc.DBDuplicateEntry:
            existing = db.find_existing(addresses)
            if not existing:
                raise
            raise exception.FloatingIpExists(address=existing[0]['address']) from None

    @engine.retry_on_conflict
    def delete_floating_ips(self, context, addresses):
        with engine.writer() as conn:
            floating_ips = db.find_existing(addresses)
            db.delete(conn, floating_ips)
            _count_less(conn, floating_ips)


def assign(conn, instance: dict, fixed_address: str) -> None:
    """Give the server a floating address of its own, of the default pool and beyond the quota.

    Raises NoMoreFloatingIps.
    """
    floating_ip_id = db.allocate(conn, CONF.default_floating_pool, instance['project_id'],
                                 auto_assigned=True)
    if floating_ip_id is None:
        raise exception.NoMoreFloatingIps()
    db.associate(conn, db.get(floating_ip_id), fixed_address, instance['uuid'], instance['host'])


def _lock_own(conn, context, address: str) -> dict:
    """The floating address, which is the context's to use."""
    floating_ip = db.lock(conn, address)
    if floating_ip is None:
        raise exception.FloatingIpNotFoundForAddress(address=address)
    if not _may_see(context, floating_ip):
        raise exception.Forbidden()
    return floating_ip


def _may_see(context, floating_ip: dict) -> bool:
    return context.is_admin or floating_ip['project_id'] == context.project_id


def _count_less(conn, floating_ips: list[dict]) -> None:
    """Those whose projects gave up these addresses have room for others."""
    projects = Counter(f['project_id'] for f in floating_ips
                       if f['project_id'] is not None and not f['auto_assigned'])
    for project_id in sorted(projects):
        db_quotas.add_usages(
            conn, project_id, [db_quotas.PROJECT], {'floating_ips': -projects[project_id]})
