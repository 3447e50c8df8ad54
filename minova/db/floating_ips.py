"""Queries on floating addresses."""

import sqlalchemy as sa

from minova.db import dns, engine, query
from minova.db import tables as t
from minova.db.virtual_interfaces import refresh_network_info

_c = t.floating_ips.c
_f = t.fixed_ips.c
_ALL = (
    sa.select(t.floating_ips, _f.address.label("fixed_address"), _f.instance_uuid)
    .outerjoin(t.fixed_ips, _f.id == _c.fixed_ip_id).order_by(_c.id))
_v = t.virtual_interfaces.c
_n = t.networks.c
_r = t.routers.c
_port_network = t.networks.alias("port_network")
#: One with its network, its router, and the port that it is on, as Neutron's API shows it.
SELECT_NEUTRON = (
    sa.select(t.floating_ips, _f.address.label("fixed_address"), _f.instance_uuid,
              _n.uuid.label("network_uuid"), _r.uuid.label("router_uuid"),
              _port_network.c.uuid.label("port_network_uuid"), _v.uuid.label("port_uuid"),
              _v.name.label("port_name"), _v.address.label("port_mac"),
              _v.admin_state_up.label("port_up"), _v.device_id.label("port_device_id"),
              _v.device_owner.label("port_device_owner"))
    .join(t.networks, _n.id == _c.network_id)
    .outerjoin(t.fixed_ips, _f.id == _c.fixed_ip_id)
    .outerjoin(t.virtual_interfaces, _v.id == _f.virtual_interface_id)
    .outerjoin(_port_network, _port_network.c.id == _v.network_id)
    .outerjoin(t.routers, _r.id == _c.router_id))
#: How many addresses one statement names.
_BATCH = 500


def get_all(*, project_id: str | None = None, host: str | None = None) -> list[dict]:
    """Floating addresses, oldest first, with fixed_address and instance_uuid.

    Those of a project are the ones that it has chosen: none that a server got by itself.
    """
    statement = _ALL
    if project_id is not None:
        statement = statement.where(_c.project_id == project_id, _c.auto_assigned == sa.false())
    if host is not None:
        statement = statement.where(_c.host == host)
    with engine.reader() as conn:
        return query.dicts(conn.execute(statement))


def get(floating_ip_id: int) -> dict | None:
    return _get(_c.id == floating_ip_id) if 0 < floating_ip_id < 2**31 else None


def get_by_address(address: str) -> dict | None:
    return _get(_c.address == address)


def get_by_uuid(uuid: str) -> dict | None:
    return _get(_c.uuid == uuid)


def _get(condition: sa.ColumnElement) -> dict | None:
    with engine.reader() as conn:
        rows = query.dicts(conn.execute(_ALL.where(condition)))
    return rows[0] if rows else None


def get_pools() -> list[str]:
    """The names of all pools."""
    with engine.reader() as conn:
        return list(conn.execute(sa.select(_c.pool).distinct().order_by(_c.pool)).scalars())


def has_pool(pool: str) -> bool:
    """Whether there is an address in that pool, free or not."""
    with engine.reader() as conn:
        return conn.execute(sa.select(_c.id).where(_c.pool == pool).limit(1)).first() is not None


def allocate(conn: sa.Connection, pool: str, project_id: str,
             auto_assigned: bool = False) -> int | None:
    """Give a free address of the pool to the project; its id, or None when there is none."""
    while True:
        floating_ip_id = conn.execute(sa.select(_c.id).where(
            _c.pool == pool, _c.project_id.is_(None), _c.fixed_ip_id.is_(None))
            .order_by(_c.id).limit(1)).scalar()
        # Somebody else may have taken it since; then there is another, or none.
        if floating_ip_id is None or query.compare_and_swap(
                conn, t.floating_ips, {"id": floating_ip_id},
                {"project_id": None}, {"project_id": project_id, "auto_assigned": auto_assigned}):
            return floating_ip_id


def release(conn: sa.Connection, floating_ip: dict) -> bool:
    """Put it back into its pool, off its server and without names; false if it was there."""
    if not query.compare_and_swap(
            conn, t.floating_ips, {"id": floating_ip["id"]},
            {"project_id": floating_ip["project_id"]},
            {"project_id": None, "fixed_ip_id": None, "host": None, "auto_assigned": False}):
        return False
    dns.delete_entries_of(conn, [floating_ip["address"]])
    if floating_ip["instance_uuid"]:
        refresh_network_info(conn, floating_ip["instance_uuid"])
    return True


def lock(conn: sa.Connection, address: str) -> dict | None:
    """It as it is now, and stays until the transaction ends."""
    conn.execute(sa.select(_c.id).where(_c.address == address).with_for_update()).all()
    return get_by_address(address)


def associate(conn: sa.Connection, floating_ip: dict, fixed_address: str, instance_uuid: str,
              host: str | None) -> bool:
    """Move what `lock` answered to the server's fixed address; false when it does not have that."""
    fixed_ip_id = conn.execute(sa.select(_f.id).where(
        _f.address == fixed_address, _f.instance_uuid == instance_uuid)).scalar()
    if fixed_ip_id is None:
        return False
    conn.execute(t.floating_ips.update().where(_c.id == floating_ip["id"]).values(
        fixed_ip_id=fixed_ip_id, host=host))
    for changed in {instance_uuid, floating_ip["instance_uuid"]} - {None}:
        refresh_network_info(conn, changed)
    return True


def disassociate(conn: sa.Connection, floating_ip: dict) -> None:
    """Take what `lock` answered off the address that it is on."""
    conn.execute(t.floating_ips.update().where(_c.id == floating_ip["id"]).values(
        fixed_ip_id=None, host=None))
    if floating_ip["instance_uuid"]:
        refresh_network_info(conn, floating_ip["instance_uuid"])


def create(conn: sa.Connection, addresses: list[str], pool: str, interface: str) -> None:
    """Put addresses into the pool. Raises DBDuplicateEntry when one is in a pool."""
    for start in range(0, len(addresses), _BATCH):
        conn.execute(t.floating_ips.insert(), [
            {"address": address, "pool": pool, "interface": interface}
            for address in addresses[start:start + _BATCH]])


def find_existing(addresses: list[str]) -> list[dict]:
    """Those of the addresses that are in a pool."""
    found = []
    with engine.reader() as conn:
        for start in range(0, len(addresses), _BATCH):
            found += query.dicts(conn.execute(
                _ALL.where(_c.address.in_(addresses[start:start + _BATCH]))))
    return found


def delete(conn: sa.Connection, floating_ips: list[dict]) -> None:
    """Remove these, wherever they are used."""
    for start in range(0, len(floating_ips), _BATCH):
        batch = floating_ips[start:start + _BATCH]
        conn.execute(t.floating_ips.delete().where(_c.id.in_([f["id"] for f in batch])))
        dns.delete_entries_of(conn, [f["address"] for f in batch])
    for instance_uuid in sorted({f["instance_uuid"] for f in floating_ips} - {None}):
        refresh_network_info(conn, instance_uuid)


# ---- of an external network, by uuid

def get_neutron(conn: sa.Connection, uuid: str) -> dict | None:
    rows = query.dicts(conn.execute(SELECT_NEUTRON.where(_c.uuid == uuid)))
    return rows[0] if rows else None


def lock_neutron(conn: sa.Connection, uuid: str) -> None:
    """It stays as it is until the transaction ends."""
    conn.execute(sa.select(_c.id).where(_c.uuid == uuid).with_for_update()).all()


def lock_unused(conn: sa.Connection, network_id: int) -> list[dict]:
    """Those of the network that are on no port, and stay on none until the transaction ends."""
    condition = sa.and_(_c.network_id == network_id, _c.fixed_ip_id.is_(None))
    conn.execute(sa.select(_c.id).where(condition).order_by(_c.id).with_for_update()).all()
    return query.dicts(conn.execute(_ALL.where(condition)))


def insert(conn: sa.Connection, values: dict) -> None:
    """Raises DBDuplicateEntry for an address that there is."""
    conn.execute(t.floating_ips.insert().values(values))


def update(conn: sa.Connection, floating_ip_id: int, values: dict) -> None:
    conn.execute(t.floating_ips.update().where(_c.id == floating_ip_id).values(
        **values, revision=_c.revision + 1))


def is_on(conn: sa.Connection, fixed_ip_id: int, network_id: int, but: int) -> bool:
    """Whether another floating address of the network than `but` leads to the fixed one."""
    return conn.execute(sa.select(_c.id).where(
        _c.fixed_ip_id == fixed_ip_id, _c.network_id == network_id, _c.id != but)
        .limit(1)).first() is not None
