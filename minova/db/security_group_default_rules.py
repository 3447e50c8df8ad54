"""Queries on the rules that the default group of a new project begins with."""

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t
from minova.db.security_groups import MAX_ID

_c = t.security_group_default_rules.c


def get_all() -> list[dict]:
    """All rules: id, protocol, from_port, to_port, cidr."""
    with engine.reader() as conn:
        return query.dicts(conn.execute(
            sa.select(t.security_group_default_rules).order_by(_c.id)))


def get(rule_id: int) -> dict | None:
    if not 0 < rule_id <= MAX_ID:
        return None
    with engine.reader() as conn:
        rows = query.dicts(conn.execute(
            sa.select(t.security_group_default_rules).where(_c.id == rule_id)))
    return rows[0] if rows else None


@engine.retry_on_conflict
def create(values: dict) -> dict | None:
    """Add a rule; None when there is one like it."""
    with engine.writer() as conn:
        if conn.execute(sa.select(_c.id).where(
                *(query.matches(_c[name], value) for name, value in values.items()))).first():
            return None
        result = conn.execute(t.security_group_default_rules.insert().values(values))
        return get(result.inserted_primary_key[0])


@engine.retry_on_conflict
def delete(rule_id: int) -> bool:
    """Remove the rule; whether it was there."""
    if not 0 < rule_id <= MAX_ID:
        return False
    with engine.writer() as conn:
        return conn.execute(
            t.security_group_default_rules.delete().where(_c.id == rule_id)).rowcount == 1
