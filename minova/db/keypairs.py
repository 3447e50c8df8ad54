"""Queries on key pairs, which belong to a user, in whatever project."""

import sqlalchemy as sa

from minova.db import engine, query, quotas
from minova.db import tables as t
from minova.db.types import utcnow

_c = t.key_pairs.c


def get_all(user_id: str) -> list[dict]:
    """The user's key pairs, by name."""
    with engine.reader() as conn:
        return query.dicts(conn.execute(
            sa.select(t.key_pairs).where(_c.user_id == user_id).order_by(_c.name)))


def get(user_id: str, name: str) -> dict | None:
    with engine.reader() as conn:
        rows = query.dicts(conn.execute(
            sa.select(t.key_pairs).where(_c.user_id == user_id, _c.name == name)))
    return rows[0] if rows else None


def count(user_id: str) -> int:
    """How many the user has."""
    statement = (sa.select(sa.func.count()).select_from(t.key_pairs)
                 .where(_c.user_id == user_id))
    with engine.reader() as conn:
        return conn.execute(statement).scalar()


def lock_and_count(conn: sa.Connection, user_id: str) -> int:
    """The same; it stays so until the transaction of `conn` ends."""
    # What a user has in no project is counted by nobody: that row of quota_usages is the lock.
    quotas.lock_usages(conn, '', user_id)
    return count(user_id)


def create(conn: sa.Connection, **values) -> dict:
    """Insert a key pair; all of it. Raises oslo.db's DBDuplicateEntry."""
    values.update(created_at=utcnow(), updated_at=None)
    new_id = conn.execute(t.key_pairs.insert().values(**values)).inserted_primary_key[0]
    return {'id': new_id, **values}


@engine.retry_on_conflict
def delete(user_id: str, name: str) -> bool:
    """Whether it was there."""
    with engine.writer() as conn:
        return conn.execute(t.key_pairs.delete().where(
            _c.user_id == user_id, _c.name == name)).rowcount == 1
