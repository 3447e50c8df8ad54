"""Queries on what the simulated hypervisors have been told: one row per subject, a JSON value each."""

import datetime

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t

_c = t.simulator_settings.c


def get_all() -> dict:
    """What has been set, by subject: transitions, failures, hosts_down, clock."""
    with engine.reader() as conn:
        return {name: value for name, value in conn.execute(sa.select(_c.name, _c.value))}


@engine.retry_on_conflict
def change(name: str, function) -> None:
    """Set the subject to function(what it is now, or None), with nobody in between."""
    with engine.writer() as conn:
        query.insert_ignore(conn, t.simulator_settings, {'name': name, 'value': None})
        current = conn.execute(sa.select(_c.value).where(_c.name == name)
                               .with_for_update()).scalar_one()
        conn.execute(t.simulator_settings.update().where(_c.name == name)
                     .values(value=function(current)))


def take_failure(kind: str) -> bool:
    """Count one failure of those that are to come; whether there was one left."""
    taken = []

    def count(failures: dict | None) -> dict:
        taken[:] = [bool(failures and failures.get(kind, {}).get('next'))]
        if taken[0]:
            failures = {**failures, kind: {**failures[kind], 'next': failures[kind]['next'] - 1}}
        return failures or {}
    change('failures', count)
    return taken[0]


@engine.retry_on_conflict
def bring_forward(seconds: float) -> None:
    """Let work that waits for its time become due so much earlier."""
    # There is no arithmetic on times that all databases know, so this goes row by row.
    w = t.work_items.c
    with engine.writer() as conn:
        for item_id, due in conn.execute(sa.select(w.id, w.not_before).where(
                w.not_before.is_not(None), w.owner.is_(None))).all():
            conn.execute(t.work_items.update().where(w.id == item_id).values(
                not_before=due - datetime.timedelta(seconds=seconds)))


@engine.retry_on_conflict
def reset() -> None:
    """Forget all that was set."""
    with engine.writer() as conn:
        conn.execute(t.simulator_settings.delete())
