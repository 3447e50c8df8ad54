"""Queries on agent builds."""

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t

_c = t.agent_builds.c
_MAX_ID = 2 ** 31 - 1       # what a column of type Integer holds


def get_all(hypervisor: str | None = None) -> list[dict]:
    """The builds for `hypervisor`, or all, oldest first."""
    statement = sa.select(t.agent_builds).order_by(_c.id)
    if hypervisor is not None:
        statement = statement.where(_c.hypervisor == hypervisor)
    with engine.reader() as conn:
        return query.dicts(conn.execute(statement))


@engine.retry_on_conflict
def create(values: dict) -> int | None:
    """The id of the new build; None when there is one for its hypervisor, os and architecture."""
    with engine.writer() as conn:
        if not query.insert_ignore(conn, t.agent_builds, values):
            return None
        return conn.execute(sa.select(_c.id).where(
            *(_c[name] == values[name] for name in ('hypervisor', 'os', 'architecture')))).scalar()


@engine.retry_on_conflict
def update(agent_id: int, values: dict) -> bool:
    """Whether the build was there."""
    if not 0 < agent_id <= _MAX_ID:
        return False
    with engine.writer() as conn:
        return query.compare_and_swap(conn, t.agent_builds, {'id': agent_id}, {}, values)


@engine.retry_on_conflict
def delete(agent_id: int) -> bool:
    """Whether the build was there."""
    if not 0 < agent_id <= _MAX_ID:
        return False
    with engine.writer() as conn:
        return conn.execute(t.agent_builds.delete().where(_c.id == agent_id)).rowcount == 1
