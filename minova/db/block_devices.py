"""Queries on the block devices of servers, and what lists of servers show of them."""

import sqlalchemy as sa

from minova import jsonutils
from minova.db import engine, query
from minova.db import tables as t

_c = t.block_device_mappings.c
_INSERT = t.block_device_mappings.insert()
_OF_SERVER = (sa.select(t.block_device_mappings)
              .where(_c.instance_uuid == sa.bindparam("server")).order_by(_c.id))


def get_all(instance_uuid: str) -> list[dict]:
    """The server's devices, in the order in which they came."""
    with engine.reader() as conn:
        return query.dicts(conn.execute(_OF_SERVER, {"server": instance_uuid}))


def insert(conn: sa.Connection, instance_uuid: str, rows: list[dict]) -> None:
    """Add devices (dicts by column name, all with the same columns) to the server."""
    if rows:
        conn.execute(_INSERT, [row | {"instance_uuid": instance_uuid} for row in rows])
    if any(row["volume_id"] is not None for row in rows):
        _refresh(conn, instance_uuid)


def update(conn: sa.Connection, instance_uuid: str, device_id: int, values: dict) -> None:
    """Set columns of one device."""
    conn.execute(t.block_device_mappings.update().where(_c.id == device_id).values(**values))
    _refresh(conn, instance_uuid)


def delete(conn: sa.Connection, instance_uuid: str, volume_id: str | None = None) -> None:
    """Remove the devices that are the volume; without one, all."""
    statement = t.block_device_mappings.delete().where(_c.instance_uuid == instance_uuid)
    if volume_id is not None:
        statement = statement.where(_c.volume_id == volume_id)
    conn.execute(statement)
    _refresh(conn, instance_uuid)


def _refresh(conn: sa.Connection, instance_uuid: str) -> None:
    """Bring instances.volumes_attached in line; it is the same whoever does it."""
    rows = conn.execute(sa.select(_c.volume_id, _c.delete_on_termination).where(
        _c.instance_uuid == instance_uuid, _c.volume_id.is_not(None)).order_by(_c.id))
    volumes = [{"id": volume_id, "delete_on_termination": bool(delete)} for volume_id, delete in rows]
    i = t.instances.c
    # To the server itself nothing has happened: its updated_at stays.
    conn.execute(t.instances.update().where(i.uuid == instance_uuid).values(
        volumes_attached=jsonutils.dumps(volumes), updated_at=i.updated_at))
