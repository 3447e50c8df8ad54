"""Removing for good what was deleted: rows that were kept for those who ask what there once was.

A server goes with everything that is kept about it. Batches are transactions of their own, so that
a large removal holds nobody up for long and can be interrupted at any time.
"""

import datetime
from collections.abc import Callable, Iterator

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t

#: Kept about a server, by its instance_uuid.
_OF_SERVERS = (t.instance_actions, t.instance_faults, t.migrations, t.block_device_mappings,
               t.console_auth_tokens, t.consoles, t.virtual_interfaces)
#: Rows that outlive their deletion, in the order in which they go.
_TABLES = (t.instances, t.snapshots, t.volumes, t.volume_types, t.services, t.flavors)
_CHILDREN = {t.flavors: ((t.flavor_extra_specs, "flavor_id"), (t.flavor_projects, "flavor_id")),
             t.volume_types: ((t.volume_type_projects, "volume_type_id"),)}

#: keep(table's name, rows): called with what is about to be removed.
Keep = Callable[[str, list[dict]], None]


def _is_old(table: sa.Table, before: datetime.datetime) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.deleted != 0, table.c.deleted_at < before)


def count(before: datetime.datetime) -> int:
    """How many things there are that were deleted before that time."""
    with engine.reader() as conn:
        return sum(conn.execute(sa.select(sa.func.count()).select_from(table).where(
            _is_old(table, before))).scalar_one() for table in _TABLES)


def purge(before: datetime.datetime, batch: int, maximum: int | None = None,
          keep: Keep | None = None) -> Iterator[int]:
    """Remove what was deleted before that time, at most `maximum` things; how many, by batch.

    What `keep` raises leaves its batch where it was.
    """
    left = maximum
    for table in _TABLES:
        while left is None or left > 0:
            removed = _purge_batch(table, before, min(batch, left or batch), keep)
            if not removed:
                break
            left = None if left is None else left - removed
            yield removed


@engine.retry_on_conflict
def _purge_batch(table: sa.Table, before: datetime.datetime, limit: int, keep: Keep | None) -> int:
    with engine.writer() as conn:
        rows = query.dicts(conn.execute(sa.select(table).where(_is_old(table, before))
                                        .order_by(table.c.id).limit(limit).with_for_update()))
        if not rows:
            return 0
        ids = [row["id"] for row in rows]
        for child, condition in _children(conn, table, ids, rows):
            if keep is not None:
                found = query.dicts(conn.execute(sa.select(child).where(condition)))
                if found:
                    keep(child.name, found)
            conn.execute(child.delete().where(condition))
        if keep is not None:
            keep(table.name, rows)
        conn.execute(table.delete().where(table.c.id.in_(ids)))
        return len(rows)


def _children(conn: sa.Connection, table: sa.Table, ids: list[int],
              rows: list[dict]) -> list[tuple[sa.Table, sa.ColumnElement[bool]]]:
    if table is not t.instances:
        return [(child, child.c[column].in_(ids)) for child, column in _CHILDREN.get(table, ())]
    uuids = [row["uuid"] for row in rows]
    actions = conn.execute(sa.select(t.instance_actions.c.id).where(
        t.instance_actions.c.instance_uuid.in_(uuids))).scalars().all()
    return [(t.instance_actions_events, t.instance_actions_events.c.action_id.in_(actions)),
            *((child, child.c.instance_uuid.in_(uuids)) for child in _OF_SERVERS)]
