"""Queries on application credentials. Of the secret there is a hash."""

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t

_c = t.application_credentials.c


@engine.retry_on_conflict
def insert(values: dict) -> bool:
    """Whether it was inserted: a user has no two of the same name."""
    with engine.writer() as conn:
        return query.insert_ignore(conn, t.application_credentials, values)


def get(credential_id: str) -> dict | None:
    return _first(_c.uuid == credential_id)


def get_by_name(user_id: str, name: str) -> dict | None:
    return _first(_c.user_id == user_id, _c.name == name)


def get_all(user_id: str) -> list[dict]:
    """Those of the user, oldest first."""
    with engine.reader() as conn:
        return query.dicts(conn.execute(
            sa.select(t.application_credentials).where(_c.user_id == user_id).order_by(_c.id)))


@engine.retry_on_conflict
def delete(user_id: str, credential_id: str) -> bool:
    """Whether the user had it."""
    with engine.writer() as conn:
        return conn.execute(t.application_credentials.delete().where(
            _c.user_id == user_id, _c.uuid == credential_id)).rowcount == 1


def _first(*conditions) -> dict | None:
    with engine.reader() as conn:
        found = query.dicts(conn.execute(sa.select(t.application_credentials).where(*conditions)))
    return found[0] if found else None
