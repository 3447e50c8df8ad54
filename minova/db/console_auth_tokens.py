"""Queries on the tokens that open consoles. What is kept is a hash: who reads the table opens nothing."""

import datetime
import hashlib

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t
from minova.db.types import utcnow

_c = t.console_auth_tokens.c


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@engine.retry_on_conflict
def insert(token: str, lifetime_seconds: int, values: dict) -> None:
    """Keep a token that opens a console for so long; those that have had their time go."""
    now = utcnow()
    with engine.writer() as conn:
        conn.execute(t.console_auth_tokens.delete().where(_c.expires_at < now))
        conn.execute(t.console_auth_tokens.insert().values(
            token_hash=_hash(token), expires_at=now + datetime.timedelta(seconds=lifetime_seconds),
            **values))


def get(token: str) -> dict | None:
    """What the token opens, if it does."""
    with engine.reader() as conn:
        found = query.dicts(conn.execute(sa.select(t.console_auth_tokens).where(
            _c.token_hash == _hash(token), _c.expires_at >= utcnow())))
    return found[0] if found else None


def delete_by_instance(conn: sa.Connection, instance_uuid: str) -> None:
    conn.execute(t.console_auth_tokens.delete().where(_c.instance_uuid == instance_uuid))
