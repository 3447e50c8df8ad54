"""Queries on accepted work: the queue that outlives the process.

An item is claimed by its owner until its lease ends. An item without an owner is free to be claimed, once
its time (`not_before`) has come.
"""

import datetime
import uuid

import sqlalchemy as sa

from minova import jsonutils
from minova.db import engine, query
from minova.db import tables as t
from minova.db.types import utcnow

_c = t.work_items.c
_INSERT = t.work_items.insert()
_DELETE = t.work_items.delete().where(_c.id == sa.bindparam('item'))


def insert(conn: sa.Connection, method: str, args: dict, *, instance_uuid: str | None,
           owner: str | None, lease_seconds: float, not_before: datetime.datetime | None = None) -> dict:
    """Put an item into the queue, already claimed by `owner` unless that is None."""
    lease = utcnow() + datetime.timedelta(seconds=lease_seconds) if owner else None
    item = {'uuid': str(uuid.uuid4()), 'method': method, 'instance_uuid': instance_uuid,
            'owner': owner, 'lease_expires_at': lease, 'not_before': not_before, 'attempts': 0}
    result = conn.execute(_INSERT, item | {'args': jsonutils.dumps(args)})
    return item | {'id': result.inserted_primary_key[0], 'args': args}


def is_queued(conn: sa.Connection, method: str) -> bool:
    """Whether that method is to be called, now or later."""
    return conn.execute(sa.select(_c.id).where(_c.method == method).limit(1)).first() is not None


def claimable(now: datetime.datetime, limit: int) -> list[dict]:
    """Items that are free and due, or whose owner let the lease end; the oldest first."""
    free = sa.and_(_c.owner.is_(None), sa.or_(_c.not_before.is_(None), _c.not_before <= now))
    expired = sa.and_(_c.owner.is_not(None), _c.lease_expires_at < now)
    return _items(sa.select(t.work_items).where(sa.or_(free, expired)).order_by(_c.id).limit(limit))


def owners() -> list[str]:
    """Everybody who owns an item."""
    with engine.reader() as conn:
        return list(conn.execute(
            sa.select(_c.owner).where(_c.owner.is_not(None)).distinct()).scalars())


def _items(statement) -> list[dict]:
    with engine.reader() as conn:
        items = query.dicts(conn.execute(statement))
    for item in items:
        item['args'] = jsonutils.loads(item['args'])
    return items


@engine.retry_on_conflict
def claim(item: dict, owner: str, lease_seconds: float) -> bool:
    """Make the item `owner`'s, provided that it is still as it was read. Whether it was."""
    with engine.writer() as conn:
        return query.compare_and_swap(
            conn, t.work_items, {'id': item['id']},
            {'owner': item['owner'], 'attempts': item['attempts']},
            {'owner': owner, 'attempts': item['attempts'] + 1,
             'lease_expires_at': utcnow() + datetime.timedelta(seconds=lease_seconds)})


@engine.retry_on_conflict
def renew(owner: str, lease_seconds: float) -> None:
    """Extend the leases of all that `owner` holds."""
    with engine.writer() as conn:
        conn.execute(t.work_items.update().where(_c.owner == owner).values(
            lease_expires_at=utcnow() + datetime.timedelta(seconds=lease_seconds)))


@engine.retry_on_conflict
def release(owner: str, not_before: datetime.datetime | None = None,
            item_id: int | None = None) -> int:
    """Free all that `owner` holds, or the one item, to be claimed again; how many that were."""
    with engine.writer() as conn:
        statement = t.work_items.update().where(_c.owner == owner)
        if item_id is not None:
            statement = statement.where(_c.id == item_id)
        return conn.execute(statement.values(
            owner=None, lease_expires_at=None, not_before=not_before)).rowcount


def delete(conn: sa.Connection, item_id: int) -> None:
    """The item is done."""
    conn.execute(_DELETE, {'item': item_id})
