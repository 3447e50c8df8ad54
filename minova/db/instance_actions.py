"""Queries on the record of what was done to servers."""

import datetime

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t
from minova.db.types import utcnow

_a, _e = t.instance_actions.c, t.instance_actions_events.c
_START = t.instance_actions.insert()
# Work that no action was recorded for has no parts to record either.
_FINISH_EVENT = t.instance_actions_events.insert().from_select(
    ['action_id', 'event', 'start_time', 'finish_time', 'result', 'traceback', 'created_at'],
    sa.select(_a.id, *(sa.bindparam(name, type_=_e[column].type) for name, column in (
        ('event', 'event'), ('started', 'start_time'), ('finished', 'finish_time'),
        ('result', 'result'), ('traceback', 'traceback'), ('finished', 'created_at'))))
    .where(_a.instance_uuid == sa.bindparam('server'), _a.request_id == sa.bindparam('request'))
    .order_by(_a.id.desc()).limit(1), include_defaults=False)


def start(conn: sa.Connection, context, instance_uuids: list[str], action: str) -> None:
    """Record that the request of `context` does `action` to these servers."""
    now = utcnow()
    conn.execute(_START, [
        {'instance_uuid': each, 'action': action, 'request_id': context.request_id,
         'user_id': context.user_id, 'project_id': context.project_id, 'start_time': now}
        for each in instance_uuids])


def finish_event(conn: sa.Connection, instance_uuid: str, request_id: str, event: str,
                 start_time: datetime.datetime, error: str | None = None,
                 traceback: str | None = None) -> None:
    """Record how a part of an action ended: well, or with an error."""
    conn.execute(_FINISH_EVENT, {
        'server': instance_uuid, 'request': request_id, 'event': event, 'started': start_time,
        'finished': utcnow(), 'result': 'Error' if error else 'Success', 'traceback': traceback})
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
