"""Queries on server groups: their policies and members.

A group is a dict: id, uuid, project_id, user_id, name, created_at, updated_at, policies (names),
members (uuids of living servers, the newest first).
"""

from collections.abc import Iterable

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t

_g = t.instance_groups.c
_p = t.instance_group_policies.c
_m = t.instance_group_members.c
_i = t.instances.c


def get_page(project_id: str | None, limit: int, offset: int = 0) -> list[dict]:
    """Groups of the project (None: of all), the oldest first."""
    statement = sa.select(t.instance_groups).order_by(_g.id).limit(limit).offset(offset)
    if project_id is not None:
        statement = statement.where(_g.project_id == project_id)
    with engine.reader() as conn:
        return _filled(conn, query.dicts(conn.execute(statement)))


def get(group_uuid: str) -> dict | None:
    """The group, whosever it is."""
    with engine.reader() as conn:
        groups = query.dicts(conn.execute(
            sa.select(t.instance_groups).where(_g.uuid == group_uuid)))
        return _filled(conn, groups)[0] if groups else None


def _filled(conn: sa.Connection, groups: list[dict]) -> list[dict]:
    by_id = {group['id']: group for group in groups}
    for group in groups:
        group.update(policies=[], members=[])
    if groups:
        for group_id, policy in conn.execute(
                sa.select(_p.group_id, _p.policy).where(_p.group_id.in_(by_id)).order_by(_p.id)):
            by_id[group_id]['policies'].append(policy)
        for group_id, uuid in conn.execute(
                sa.select(_m.group_id, _m.instance_uuid)
                .join(t.instances, _i.uuid == _m.instance_uuid)
                .where(_m.group_id.in_(by_id), _i.deleted == 0)
                .order_by(_i.created_at.desc(), _i.id.desc())):
            by_id[group_id]['members'].append(uuid)
    return groups


def create(conn: sa.Connection, policies: Iterable[str], **values) -> None:
    """A new group without members; `values` are columns."""
    group_id = conn.execute(t.instance_groups.insert().values(**values)).inserted_primary_key[0]
    rows = [{'group_id': group_id, 'policy': policy} for policy in policies]
    if rows:
        conn.execute(t.instance_group_policies.insert(), rows)


def lock(conn: sa.Connection, group_uuid: str) -> tuple[int, str] | None:
    """Id and project of the group, which nobody else locks until the transaction ends."""
    row = conn.execute(sa.select(_g.id, _g.project_id).where(
        _g.uuid == group_uuid).with_for_update()).first()
    return tuple(row) if row else None


def delete(conn: sa.Connection, group_id: int) -> bool:
    """Delete the group with its policies and memberships; whether it was there."""
    conn.execute(t.instance_group_policies.delete().where(_p.group_id == group_id))
    conn.execute(t.instance_group_members.delete().where(_m.group_id == group_id))
    return conn.execute(
        t.instance_groups.delete().where(_g.id == group_id)).rowcount == 1


def count_members(conn: sa.Connection, group_id: int, user_id: str) -> int:
    """How many living servers of the user are in the group."""
    return conn.execute(
        sa.select(sa.func.count()).select_from(t.instance_group_members)
        .join(t.instances, _i.uuid == _m.instance_uuid)
        .where(_m.group_id == group_id, _i.user_id == user_id, _i.deleted == 0)).scalar()


def add_members(conn: sa.Connection, group_id: int, instance_uuids: Iterable[str]) -> None:
    """Make servers, none of which is one yet, members of the group."""
    conn.execute(t.instance_group_members.insert(),
                 [{'group_id': group_id, 'instance_uuid': uuid} for uuid in instance_uuids])
