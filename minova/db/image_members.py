"""Queries on the projects that images are shared with."""

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t
from minova.db.types import utcnow

_c = t.image_members.c
_SHOWN = (_c.image_id, _c.member, _c.status, _c.created_at, _c.updated_at)


def get_all(image_id: str, member: str | None = None) -> list[dict]:
    """The members of the image, or that one of them, in the order in which they came."""
    statement = sa.select(*_SHOWN).where(_c.image_id == image_id).order_by(_c.id)
    if member is not None:
        statement = statement.where(_c.member == member)
    with engine.reader() as conn:
        return query.dicts(conn.execute(statement))


@engine.retry_on_conflict
def add(image_id: str, member: str, maximum: int) -> str:
    """Make the project a member, who has not said anything yet.

    What came of it: 'added', 'exists', 'full' (there are `maximum` already), or 'gone' (the image).
    """
    now = utcnow()
    with engine.writer() as conn:
        # Locked until the end, so that it is not deleted, and that two at once do not exceed the maximum.
        alive = sa.select(t.images.c.id).where(t.images.c.id == image_id, t.images.c.deleted == sa.false())
        if conn.execute(alive.with_for_update()).first() is None:
            return 'gone'
        members = conn.execute(sa.select(_c.member).where(_c.image_id == image_id)).scalars().all()
        if member in members:
            return 'exists'
        if len(members) >= maximum:
            return 'full'
        conn.execute(t.image_members.insert(), {
            'image_id': image_id, 'member': member, 'status': 'pending',
            'created_at': now, 'updated_at': now})
        return 'added'


@engine.retry_on_conflict
def set_status(image_id: str, member: str, status: str) -> bool:
    """Whether there is that member."""
    with engine.writer() as conn:
        return query.compare_and_swap(conn, t.image_members, {'image_id': image_id, 'member': member}, {},
                                      {'status': status, 'updated_at': utcnow()})


@engine.retry_on_conflict
def remove(image_id: str, member: str) -> bool:
    """Whether there was that member."""
    with engine.writer() as conn:
        return conn.execute(t.image_members.delete().where(
            _c.image_id == image_id, _c.member == member)).rowcount == 1
