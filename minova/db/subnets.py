"""Queries on subnets, and the addresses that ports have in them.

An address in a subnet has its row in fixed_ips as long as it is used. Whoever takes one has locked the
network before (`networks.lock`), so no two get the same.
"""

import ipaddress

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t

_c = t.subnets.c
_f = t.fixed_ips.c
_n = t.networks.c
#: A subnet with what the API tells of its network.
SELECT = (
    sa.select(t.subnets, _n.uuid.label("network_uuid"), _n.project_id.label("network_project_id"),
              _n.shared.label("shared"), _n.external.label("external"))
    .join(t.networks, _n.id == _c.network_id))


def get(uuid: str) -> dict | None:
    with engine.reader() as conn:
        rows = query.dicts(conn.execute(SELECT.where(_c.uuid == uuid)))
    return rows[0] if rows else None


def get_by_ids(subnet_ids) -> list[dict]:
    """The subnets with these ids (of rows)."""
    if not subnet_ids:
        return []
    with engine.reader() as conn:
        return query.dicts(conn.execute(SELECT.where(_c.id.in_(sorted(subnet_ids)))))


def get_by_networks(network_ids: list[int]) -> dict[int, list[dict]]:
    """The subnets of each of the networks, oldest first."""
    found: dict[int, list[dict]] = {network_id: [] for network_id in network_ids}
    if found:
        with engine.reader() as conn:
            for subnet in query.dicts(conn.execute(
                    SELECT.where(_c.network_id.in_(network_ids)).order_by(_c.id))):
                found[subnet["network_id"]].append(subnet)
    return found


def get_of_network(conn: sa.Connection, network_id: int) -> list[dict]:
    """The subnets of the network, oldest first."""
    return query.dicts(conn.execute(SELECT.where(_c.network_id == network_id).order_by(_c.id)))


def insert(conn: sa.Connection, values: dict) -> dict:
    """A new subnet; its row."""
    result = conn.execute(t.subnets.insert().values(values))
    return query.dicts(conn.execute(SELECT.where(_c.id == result.inserted_primary_key[0])))[0]


def update(conn: sa.Connection, subnet_id: int, values: dict) -> None:
    conn.execute(t.subnets.update().where(_c.id == subnet_id).values(
        **values, revision=_c.revision + 1))


def delete(conn: sa.Connection, subnet_id: int) -> None:
    """Remove the subnet, in which no address is used."""
    conn.execute(t.subnets.delete().where(_c.id == subnet_id))


def users(conn: sa.Connection, subnet_id: int) -> list[dict]:
    """The addresses in use: id, address, and the port's id and device_owner."""
    v = t.virtual_interfaces.c
    return query.dicts(conn.execute(
        sa.select(_f.id, _f.address, v.id.label("port_id"), v.device_owner)
        .join(t.virtual_interfaces, v.id == _f.virtual_interface_id)
        .where(_f.subnet_id == subnet_id)))


# ---- addresses

def take_this(conn: sa.Connection, subnet: dict, owner: dict, address: str) -> bool:
    """Give just `address` to the owner (columns of fixed_ips); false when it is used."""
    return query.insert_ignore(conn, t.fixed_ips, {
        **owner, "allocated": True, "address": address, "network_id": subnet["network_id"],
        "subnet_id": subnet["id"]})


def take(conn: sa.Connection, subnet: dict, owner: dict) -> str | None:
    """Give an address out of the subnet's pools to the owner; it, or None when none is left.

    One that none ever had comes first; when there are no more, one that was given back.
    """
    index = conn.execute(sa.select(_c.next_index).where(_c.id == subnet["id"])).scalar_one()
    address = _address_at(subnet["allocation_pools"], index)
    if address is None or not take_this(conn, subnet, owner, address):
        index = _free_index(conn, subnet, index)
        if index is None:
            return None
        address = _address_at(subnet["allocation_pools"], index)
        if not take_this(conn, subnet, owner, address):
            return None
    conn.execute(t.subnets.update().where(_c.id == subnet["id"]).values(
        next_index=index + 1, updated_at=_c.updated_at))
    return address


def _address_at(pools: list, index: int) -> str | None:
    for first, last in pools:
        first, last = ipaddress.ip_address(first), ipaddress.ip_address(last)
        size = int(last) - int(first) + 1
        if index < size:
            return str(first + index)
        index -= size
    return None


def _free_index(conn, subnet: dict, start: int) -> int | None:
    """The place in the pools of an address that nobody has: the next from `start` on, else the first."""
    used = set(conn.execute(
        sa.select(_f.address).where(_f.network_id == subnet["network_id"])).scalars())
    for index in (start, 0):
        while (address := _address_at(subnet["allocation_pools"], index)) is not None:
            if address not in used:
                return index
            index += 1
    return None


def give_back(conn: sa.Connection, *conditions: sa.ColumnElement) -> None:
    """Take the addresses that `conditions` (on fixed_ips) describe, and the floating ones off them."""
    ids = conn.execute(sa.select(_f.id).where(*conditions).order_by(_f.id)).scalars().all()
    if ids:
        conn.execute(t.floating_ips.update().where(t.floating_ips.c.fixed_ip_id.in_(ids)).values(
            fixed_ip_id=None, router_id=None, host=None))
        conn.execute(t.fixed_ips.delete().where(_f.id.in_(ids)))


def give_back_of_port(conn: sa.Connection, port_id: int, kept: list[int]) -> None:
    """Take all its addresses from the port but those with the ids `kept`."""
    give_back(conn, _f.virtual_interface_id == port_id, _f.id.not_in(kept))


def give_back_of_instance(conn: sa.Connection, instance_uuid: str, address: str) -> bool:
    """Take the address from the server; whether it had it."""
    had = (_f.instance_uuid == instance_uuid, _f.address == address)
    if conn.execute(sa.select(_f.id).where(*had)).first() is None:
        return False
    give_back(conn, *had)
    return True
