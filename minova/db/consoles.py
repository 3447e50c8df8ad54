"""Queries on the consoles that a console service offers for servers."""

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t

_c = t.consoles.c


def get_all(instance_uuid: str) -> list[dict]:
    with engine.reader() as conn:
        return query.dicts(conn.execute(
            sa.select(t.consoles).where(_c.instance_uuid == instance_uuid).order_by(_c.id)))


def get(instance_uuid: str, console_id: int) -> dict | None:
    with engine.reader() as conn:
        found = query.dicts(conn.execute(sa.select(t.consoles).where(
            _c.instance_uuid == instance_uuid, _c.id == console_id)))
    return found[0] if found else None


@engine.retry_on_conflict
def insert(values: dict) -> None:
    with engine.writer() as conn:
        conn.execute(t.consoles.insert().values(**values))


@engine.retry_on_conflict
def delete(instance_uuid: str, console_id: int) -> bool:
    """Whether it was there."""
    with engine.writer() as conn:
        return conn.execute(t.consoles.delete().where(
            _c.instance_uuid == instance_uuid, _c.id == console_id)).rowcount == 1
