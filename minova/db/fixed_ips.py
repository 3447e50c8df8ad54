"""Queries on fixed addresses.

A row stands for an address that is, or once was, used or reserved; the others of a network are told
by its `next_offset`. One that was given back is used again when the network has no fresh ones.
"""

import sqlalchemy as sa

from minova import addresses
from minova.db import dns, engine, networks, query
from minova.db import tables as t

_c = t.fixed_ips.c
_FREE = sa.and_(_c.reserved == sa.false(), _c.allocated == sa.false(), _c.instance_uuid.is_(None))


def get_in_network(address: str, network_id: int) -> dict | None:
    """The row of `address` in that network, if it has one."""
    statement = sa.select(t.fixed_ips).where(_c.address == address, _c.network_id == network_id)
    with engine.reader() as conn:
        rows = query.dicts(conn.execute(statement))
    return rows[0] if rows else None


def take(conn: sa.Connection, network_id: int, owner: dict,
         address: str | None = None) -> str | None:
    """Give an address of the network, or just `address`, to `owner`; it, or None for none left.

    `owner` has the columns instance_uuid, virtual_interface_id and host. Whoever takes another
    address of this network waits until the transaction ends, so no two get the same.
    """
    network = networks.lock(conn, network_id)
    values = dict(owner, allocated=True)
    if address is not None:
        return address if _take_this(conn, network, address, values) else None
    return _take_fresh(conn, network, values) or _take_used(conn, network, values)


def _take_this(conn: sa.Connection, network: dict, address: str, values: dict) -> bool:
    if query.insert_ignore(conn, t.fixed_ips, dict(
            values, address=address, network_id=network["id"])):
        return True
    return conn.execute(t.fixed_ips.update().where(
        _c.network_id == network["id"], _c.address == address, _FREE).values(values)).rowcount == 1


def _take_fresh(conn: sa.Connection, network: dict, values: dict) -> str | None:
    offset = network["next_offset"]
    taken = None
    while taken is None and offset <= network["last_offset"]:
        address = addresses.address_at(network["cidr"], offset)
        offset += 1
        # One that was reserved or asked for has its row already; each is passed over once.
        if query.insert_ignore(conn, t.fixed_ips, dict(
                values, address=address, network_id=network["id"])):
            taken = address
    if offset != network["next_offset"]:
        networks.set_next(conn, network["id"], offset)
    return taken


def _take_used(conn: sa.Connection, network: dict, values: dict) -> str | None:
    row = conn.execute(sa.select(_c.id, _c.address).where(
        _c.network_id == network["id"], _FREE).limit(1).with_for_update()).first()
    if row is None:
        return None
    conn.execute(t.fixed_ips.update().where(_c.id == row.id).values(values))
    return row.address


def release(conn: sa.Connection, *conditions: sa.ColumnElement) -> None:
    """Give back the fixed addresses that `conditions` describe, and take the floating ones off them.

    Those that a server got by itself go back to their pool.
    """
    f = t.floating_ips.c
    rows = conn.execute(sa.select(_c.id, f.address).outerjoin(t.floating_ips, sa.and_(
        f.fixed_ip_id == _c.id, f.auto_assigned == sa.true())).where(*conditions)
        .order_by(_c.id)).all()
    ids, auto_assigned = [row.id for row in rows], [row.address for row in rows if row.address]
    if auto_assigned:
        dns.delete_entries_of(conn, auto_assigned)
        conn.execute(t.floating_ips.update().where(f.address.in_(auto_assigned)).values(
            project_id=None, fixed_ip_id=None, host=None, auto_assigned=False))
    if ids:
        conn.execute(t.floating_ips.update().where(f.fixed_ip_id.in_(ids)).values(
            fixed_ip_id=None, host=None))
        conn.execute(t.fixed_ips.update().where(_c.id.in_(ids)).values(
            allocated=False, leased=False, instance_uuid=None, virtual_interface_id=None))


def get_detailed(address: str, network_id: int) -> dict | None:
    """reserved, and hostname and host of the server that has it, if the address has a row."""
    i = t.instances.c
    statement = (
        sa.select(_c.reserved, i.hostname, i.host)
        .outerjoin(t.instances, sa.and_(i.uuid == _c.instance_uuid, i.deleted == 0))
        .where(_c.address == address, _c.network_id == network_id))
    with engine.reader() as conn:
        rows = query.dicts(conn.execute(statement))
    return rows[0] if rows else None


@engine.retry_on_conflict
def set_reserved(address: str, network_id: int, reserved: bool) -> None:
    """Keep the address from servers, or let them have it again."""
    with engine.writer() as conn:
        if not query.insert_ignore(conn, t.fixed_ips, {
                "address": address, "network_id": network_id, "reserved": reserved}):
            conn.execute(t.fixed_ips.update().where(
                _c.address == address, _c.network_id == network_id).values(reserved=reserved))
