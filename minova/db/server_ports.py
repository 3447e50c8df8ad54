"""Queries on what is kept of servers whose ports are those of a real Neutron."""

import sqlalchemy as sa

from minova import jsonutils
from minova.db import engine, query
from minova.db import tables as t

_g = t.given_ports.c
_i = t.instances.c


def get_owners(instance_uuids: list[str]) -> dict[str, str]:
    """{server: its project}, also of servers that were deleted."""
    with engine.reader() as conn:
        return dict(conn.execute(sa.select(_i.uuid, _i.project_id).where(
            _i.uuid.in_(instance_uuids))).tuples().all())


# ---- the ports that servers were given

def get_given(instance_uuid: str) -> set[str]:
    """The ids of the ports that the server was given, and did not get made for it."""
    with engine.reader() as conn:
        return set(conn.execute(sa.select(_g.port_id).where(
            _g.instance_uuid == instance_uuid)).scalars())


def add_given(conn: sa.Connection, instance_uuid: str, port_ids: list[str]) -> None:
    """The server is given these ports; harmless when repeated."""
    for port_id in port_ids:
        query.insert_ignore(conn, t.given_ports, {
            "instance_uuid": instance_uuid, "port_id": port_id})


def remove_given(conn: sa.Connection, instance_uuid: str, port_id: str | None = None) -> None:
    """The server has this port no more, or (None) none of those that it was given."""
    statement = t.given_ports.delete().where(_g.instance_uuid == instance_uuid)
    conn.execute(statement if port_id is None else statement.where(_g.port_id == port_id))


# ---- what servers show of their ports

def get_shown(instance_uuids: list[str]) -> dict[str, dict]:
    """{server: {"network_info", "security_groups"}} for those of the servers that live."""
    with engine.reader() as conn:
        rows = conn.execute(sa.select(_i.uuid, _i.network_info, _i.security_groups).where(
            _i.uuid.in_(instance_uuids), _i.deleted == 0)).all()
    return {row.uuid: {name: jsonutils.loads(getattr(row, name) or "[]")
                       for name in ("network_info", "security_groups")} for row in rows}


def show(conn: sa.Connection, instance_uuid: str, network_info: list[dict],
         security_groups: list[str]) -> None:
    """Keep with the server, if it lives, what its ports are now, and the names of their groups."""
    # The server itself has not changed.
    conn.execute(t.instances.update().where(_i.uuid == instance_uuid, _i.deleted == 0).values(
        network_info=jsonutils.dumps(network_info), security_groups=jsonutils.dumps(security_groups),
        updated_at=_i.updated_at))


def get_page(after: int, limit: int) -> list[tuple[int, str]]:
    """(id, uuid) of the next servers that are on a host, after the one with the id `after`."""
    with engine.reader() as conn:
        return [tuple(row) for row in conn.execute(
            sa.select(_i.id, _i.uuid).where(_i.id > after, _i.deleted == 0, _i.host.is_not(None))
            .order_by(_i.id).limit(limit))]
