"""Queries on which servers ran when."""

import datetime

import sqlalchemy as sa

from minova import jsonutils
from minova.db import engine, query
from minova.db import tables as t

_i = t.instances.c
_SHOWN = (_i.uuid, _i.display_name, _i.project_id, _i.vcpus, _i.memory_mb, _i.root_gb,
          _i.ephemeral_gb, _i.vm_state, _i.launched_at, _i.terminated_at)


def active_between(begin: datetime.datetime, end: datetime.datetime, project_id: str | None,
                   with_flavor: bool) -> list[dict]:
    """Servers, deleted ones too, launched before `end`, and ended, if at all, after `begin`."""
    columns = _SHOWN + (_i.flavor,) if with_flavor else _SHOWN
    statement = sa.select(*columns).where(
        _i.launched_at < end, sa.or_(_i.terminated_at.is_(None), _i.terminated_at > begin)
    ).order_by(_i.id)
    if project_id is not None:
        statement = statement.where(_i.project_id == project_id)
    with engine.reader() as conn:
        servers = query.dicts(conn.execute(statement))
    if with_flavor:
        for server in servers:
            server['flavor_name'] = (jsonutils.loads(server.pop('flavor') or '{}')).get('name', '')
    return servers
