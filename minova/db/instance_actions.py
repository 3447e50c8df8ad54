"""Queries on the record of what was done to servers."""

import datetime

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t
from minova.db.types import LongText, utcnow

_a, _e = t.instance_actions.c, t.instance_actions_events.c


def start(conn: sa.Connection, context, instance_uuids: list[str], action: str) -> None:
    """Record that the request of `context` does `action` to these servers."""
    now = utcnow()
    conn.execute(t.instance_actions.insert(), [
        {'instance_uuid': each, 'action': action, 'request_id': context.request_id,
         'user_id': context.user_id, 'project_id': context.project_id, 'start_time': now}
        for each in instance_uuids])


def finish_event(conn: sa.Connection, instance_uuid: str, request_id: str, event: str,
                 start_time: datetime.datetime, error: str | None = None,
                 traceback: str | None = None) -> None:
    """Record how a part of an action ended: well, or with an error."""
    now = utcnow()
    # Work that no action was recorded for has no parts to record either.
    conn.execute(t.instance_actions_events.insert().from_select(
        ['action_id', 'event', 'start_time', 'finish_time', 'result', 'traceback', 'created_at'],
        sa.select(_a.id, *map(sa.literal, (event, start_time, now, 'Error' if error else 'Success')),
                  sa.literal(traceback, LongText), sa.literal(now))
        .where(_a.instance_uuid == instance_uuid, _a.request_id == request_id)
        .order_by(_a.id.desc()).limit(1), include_defaults=False))
    if error:
        conn.execute(t.instance_actions.update().where(
            _a.instance_uuid == instance_uuid, _a.request_id == request_id).values(message='Error'))


def get_all(instance_uuid: str) -> list[dict]:
    """The actions on a server, newest first."""
    with engine.reader() as conn:
        return query.dicts(conn.execute(
            sa.select(t.instance_actions).where(_a.instance_uuid == instance_uuid)
            .order_by(_a.created_at.desc(), _a.id.desc())))


def get(instance_uuid: str, request_id: str) -> tuple[dict, list[dict]] | None:
    """(the action of that request, its events, newest first)."""
    with engine.reader() as conn:
        actions = query.dicts(conn.execute(sa.select(t.instance_actions).where(
            _a.instance_uuid == instance_uuid, _a.request_id == request_id).limit(1)))
        if not actions:
            return None
        events = query.dicts(conn.execute(
            sa.select(t.instance_actions_events).where(_e.action_id == actions[0]['id'])
            .order_by(_e.id.desc())))
    return actions[0], events
