"""Queries on tokens that were ended before their time, known by their audit ids, which open nothing."""

import datetime

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t
from minova.db.types import utcnow

_c = t.revoked_tokens.c
_find = sa.select(_c.id).where(_c.audit_id == sa.bindparam('audit_id'))


@engine.retry_on_conflict
def insert(audit_id: str, expires_at: float) -> None:
    """End a token, which would be over at `expires_at` (seconds since 1970); forget those that are."""
    until = datetime.datetime.fromtimestamp(expires_at, datetime.timezone.utc).replace(tzinfo=None)
    with engine.writer() as conn:
        conn.execute(t.revoked_tokens.delete().where(_c.expires_at < utcnow()))
        query.insert_ignore(conn, t.revoked_tokens, {'audit_id': audit_id, 'expires_at': until})


def is_revoked(audit_id: str) -> bool:
    with engine.reader() as conn:
        return conn.execute(_find, {'audit_id': audit_id}).first() is not None
