"""Queries on migrations: servers that change their host, or their size, which may mean the same.

A cold one goes from 'migrating' over 'post-migrating' to 'finished', and then it is 'confirmed' or
'reverted'.
"""

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t

_c = t.migrations.c

RESIZE, MIGRATION, LIVE, EVACUATION = 'resize', 'migration', 'live-migration', 'evacuation'

#: A server that is deleted in one of these still has a share of two hosts.
UNDER_WAY = ('accepted', 'migrating', 'post-migrating', 'finished', 'running', 'confirming', 'reverting')


def insert(conn: sa.Connection, instance: dict, migration_type: str, status: str,
           dest: tuple[str, str], new_flavor_id: int | None = None) -> int:
    """Begin a migration of the server, from where it is, to `dest` (host, node)."""
    return conn.execute(t.migrations.insert().values(
        instance_uuid=instance['uuid'], migration_type=migration_type, status=status,
        source_compute=instance['host'], source_node=instance['node'],
        dest_compute=dest[0], dest_node=dest[1], dest_host='127.0.0.1',
        old_instance_type_id=instance['flavor_id'],
        new_instance_type_id=instance['flavor_id'] if new_flavor_id is None else new_flavor_id,
    )).inserted_primary_key[0]


def get_under_way(instance_uuid: str, *statuses: str) -> dict | None:
    """The last migration of the server that has not ended, if it is in one of `statuses`."""
    with engine.reader() as conn:
        found = query.dicts(conn.execute(
            sa.select(t.migrations)
            .where(_c.instance_uuid == instance_uuid, _c.status.in_(statuses or UNDER_WAY))
            .order_by(_c.id.desc()).limit(1)))
    return found[0] if found else None


def set_status(conn: sa.Connection, migration_id: int, status: str) -> None:
    conn.execute(t.migrations.update().where(_c.id == migration_id).values(status=status))
