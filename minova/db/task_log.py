"""Queries on the log of periodic tasks."""

import datetime

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t

_c = t.task_log.c


def get_all(task_name: str, beginning: datetime.datetime,
            ending: datetime.datetime) -> list[dict]:
    """What was logged of the task for exactly that period."""
    with engine.reader() as conn:
        return query.dicts(conn.execute(sa.select(t.task_log).where(
            _c.task_name == task_name, _c.period_beginning == beginning,
            _c.period_ending == ending).order_by(_c.host)))
