"""Queries on quotas: limits, and what is used of them.

A project's own limit, and what it uses as a whole, is filed under the user ''.
"""

import functools
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t

PROJECT = ''
DEFAULT_CLASS = 'default'
#: What is counted in a column of quota_usages.
COUNTED = ('instances', 'cores', 'ram', 'floating_ips', 'security_groups', 'server_groups', 'volumes',
           'snapshots', 'gigabytes')
_USED = [t.quota_usages.c[name] for name in COUNTED]

_LIMITS = sa.union_all(
    sa.select(t.quotas.c.user_id.label('owner'), sa.literal_column('0').label('is_class'),
              t.quotas.c.resource, t.quotas.c.hard_limit)
    .where(t.quotas.c.project_id == sa.bindparam('project_id'),
           sa.or_(t.quotas.c.user_id == PROJECT, t.quotas.c.user_id == sa.bindparam('user_id'))),
    sa.select(t.quota_classes.c.class_name, sa.literal_column('1'),
              t.quota_classes.c.resource, t.quota_classes.c.hard_limit)
    .where(sa.or_(t.quota_classes.c.class_name == DEFAULT_CLASS,
                  t.quota_classes.c.class_name == sa.bindparam('class_name'))))


_LIMITS_AND_COUNTED = sa.union_all(
    sa.select(t.quota_usages.c.user_id, sa.literal_column('2').label('kind'),
              sa.literal_column("''"), sa.literal_column('0'), *_USED)
    .where(t.quota_usages.c.project_id == sa.bindparam('project_id'),
           t.quota_usages.c.user_id == PROJECT),
    *(select.add_columns(*(sa.literal_column('0') for _ in COUNTED)) for select in _LIMITS.selects))


def get_limits(project_id: str, user_id: str = PROJECT,
               quota_class: str | None = None) -> tuple[dict, dict]:
    """The limits that somebody set, by resource: (those of the project, those of the user).

    A project's limit is its own, else that of `quota_class`, else that of the class 'default'; what
    none of them limits is missing. Those of the user are the ones set for that user alone.
    """
    with engine.reader() as conn:
        rows = conn.execute(_LIMITS, {'project_id': project_id, 'user_id': user_id,
                                      'class_name': quota_class or DEFAULT_CLASS}).all()
    return _by_rank(rows, user_id, quota_class)


def _by_rank(rows: Iterable, user_id: str, quota_class: str | None) -> tuple[dict, dict]:
    """What `get_limits` returns, from the rows of _LIMITS."""
    found: dict[tuple, dict] = {}
    for owner, is_class, resource, limit in rows:
        found.setdefault((is_class, owner), {})[resource] = limit
    of_project = {**found.get((1, DEFAULT_CLASS), {}), **found.get((1, quota_class), {}),
                  **found.get((0, PROJECT), {})}
    return of_project, found.get((0, user_id), {}) if user_id != PROJECT else {}


def get_limits_and_counted(project_id: str, quota_class: str | None = None) -> tuple[dict, dict]:
    """(What get_limits() says of the project, what get_counted() says of it), in one statement."""
    with engine.reader() as conn:
        rows = conn.execute(_LIMITS_AND_COUNTED, {
            'project_id': project_id, 'user_id': PROJECT,
            'class_name': quota_class or DEFAULT_CLASS}).all()
    counted = [row for row in rows if row[1] == 2]
    limits = [row[:4] for row in rows if row[1] != 2]
    used = counted[0][4:] if counted else [0] * len(COUNTED)
    return _by_rank(limits, PROJECT, quota_class)[0], dict(zip(COUNTED, used, strict=True))


def get_class_limits(class_name: str) -> dict[str, int]:
    """The limits that were set for the class, by resource."""
    c = t.quota_classes.c
    with engine.reader() as conn:
        rows = conn.execute(sa.select(c.resource, c.hard_limit).where(c.class_name == class_name))
        return {resource: limit for resource, limit in rows}


def get_given_away(project_id: str) -> dict[str, int]:
    """By resource, the sum of the limits of all users of the project, without unlimited ones."""
    c = t.quotas.c
    statement = (sa.select(c.resource, sa.func.sum(c.hard_limit)).group_by(c.resource)
                 .where(c.project_id == project_id, c.user_id != PROJECT, c.hard_limit >= 0))
    with engine.reader() as conn:
        return {resource: int(total) for resource, total in conn.execute(statement)}


@engine.retry_on_conflict
def set_limits(project_id: str, limits: Mapping[str, int], user_id: str = PROJECT) -> None:
    """Set these limits, -1 for none, and leave the others as they are."""
    with engine.writer() as conn:
        for resource in sorted(limits):
            _put(conn, t.quotas, {'project_id': project_id, 'user_id': user_id,
                                  'resource': resource}, limits[resource])


@engine.retry_on_conflict
def set_class_limits(class_name: str, limits: Mapping[str, int]) -> None:
    """Set these limits of the class, -1 for none, and leave the others as they are."""
    with engine.writer() as conn:
        for resource in sorted(limits):
            _put(conn, t.quota_classes, {'class_name': class_name, 'resource': resource},
                 limits[resource])


def _put(conn, table: sa.Table, key: dict, limit: int) -> None:
    if (not query.compare_and_swap(conn, table, key, {}, {'hard_limit': limit})
            and not query.insert_ignore(conn, table, {**key, 'hard_limit': limit})):
        query.compare_and_swap(conn, table, key, {}, {'hard_limit': limit})


@engine.retry_on_conflict
def delete_limits(project_id: str, resources: Iterable[str], user_id: str = PROJECT) -> None:
    """Forget the limits that were set for the project, or for one user in it, on the resources."""
    with engine.writer() as conn:
        conn.execute(t.quotas.delete().where(
            t.quotas.c.project_id == project_id, t.quotas.c.user_id == user_id,
            t.quotas.c.resource.in_(list(resources))))


@engine.retry_on_conflict
def delete_limits_of(project_id: str, resources: Sequence[str]) -> None:
    """Forget the limits of these resources that were set for the project."""
    c = t.quotas.c
    with engine.writer() as conn:
        conn.execute(t.quotas.delete().where(
            c.project_id == project_id, c.user_id == PROJECT, c.resource.in_(resources)))


def get_projects_with_limits(resources: Sequence[str]) -> list[str]:
    """The projects for which limits of any of these resources were set."""
    c = t.quotas.c
    with engine.reader() as conn:
        return list(conn.execute(sa.select(c.project_id).distinct().where(
            c.user_id == PROJECT, c.resource.in_(resources)).order_by(c.project_id)).scalars())


_USAGES = (
    sa.select(t.quota_usages.c.user_id, *_USED).order_by(t.quota_usages.c.user_id)
    .where(t.quota_usages.c.project_id == sa.bindparam('project_id'),
           t.quota_usages.c.user_id.in_([sa.bindparam('owner'), sa.bindparam('other_owner')])))
_USAGES_LOCKED = _USAGES.with_for_update()


def get_counted(project_id: str) -> dict[str, int]:
    """What the project uses of what is COUNTED, and of nothing that would have to be counted now."""
    with engine.reader() as conn:
        rows = conn.execute(_USAGES, _of(project_id, (PROJECT,))).all()
    return _usages(rows, (PROJECT,))[PROJECT]


def get_usages(project_id: str, *owners: str) -> dict[str, dict[str, int]]:
    """What each of the owners (one or two: a user, PROJECT) uses of what is COUNTED, and of fixed_ips.

    Those are the project's as a whole, and are counted where they are kept.
    """
    with engine.reader() as conn:
        return _usages(conn.execute(_USAGES_AND_IPS, _of(project_id, owners)), owners,
                       (*COUNTED, 'fixed_ips'))


def count_fixed_ips(conn: sa.Connection, project_id: str) -> int:
    """How many fixed addresses the servers of the project have."""
    return conn.execute(_fixed_ips_of(project_id)).scalar_one()


def _fixed_ips_of(project_id) -> sa.Select:
    return (sa.select(sa.func.count()).select_from(
        t.instances.join(t.fixed_ips, t.fixed_ips.c.instance_uuid == t.instances.c.uuid))
        .where(t.instances.c.project_id == project_id, t.instances.c.deleted == 0))


_USAGES_AND_IPS = _USAGES.add_columns(
    _fixed_ips_of(sa.bindparam('project_id')).scalar_subquery().label('fixed_ips'))


def lock_usages(conn: sa.Connection, project_id: str, *owners: str) -> dict[str, dict[str, int]]:
    """What each of the owners uses of what is COUNTED, until the transaction of `conn` ends.

    Whoever else wants to lock one of them waits until then. All are locked in the same order.
    """
    rows = conn.execute(_USAGES_LOCKED, _of(project_id, owners)).all()
    if len(rows) < len(set(owners)):
        for owner in sorted(set(owners) - {row[0] for row in rows}):
            query.insert_ignore(conn, t.quota_usages, {'project_id': project_id, 'user_id': owner})
        rows = conn.execute(_USAGES_LOCKED, _of(project_id, owners)).all()
    return _usages(rows, owners)


def _of(project_id: str, owners: Sequence[str]) -> dict:
    """The parameters of _USAGES."""
    return {'project_id': project_id, 'owner': owners[0], 'other_owner': owners[-1]}


def _usages(rows: Iterable, owners: Sequence[str],
            names: Sequence[str] = COUNTED) -> dict[str, dict[str, int]]:
    found = {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}
    return {owner: found.get(owner) or dict.fromkeys(names, 0) for owner in owners}


def add_usages(conn: sa.Connection, project_id: str, owners: Sequence[str],
               deltas: Mapping[str, int]) -> None:
    """Count `deltas` more for each of the owners whose row is there; nothing falls below 0.

    Several owners must have been locked by `lock_usages`: this has no order.
    """
    statement = _move(tuple((name, delta < 0) for name, delta in deltas.items()))
    conn.execute(statement, {
        'in_project': project_id, 'owner': owners[0], 'other_owner': owners[-1],
        **{f'{name}_moved_by': abs(delta) for name, delta in deltas.items()}})


@functools.lru_cache(maxsize=64)
def _move(less: tuple[tuple[str, bool], ...]) -> sa.Update:
    """Counts NAME_moved_by more in each of the columns, or less where that is true."""
    c = t.quota_usages.c
    return (t.quota_usages.update()
            .where(c.project_id == sa.bindparam('in_project'),
                   c.user_id.in_([sa.bindparam('owner'), sa.bindparam('other_owner')]))
            .values({name: _moved(c[name], sa.bindparam(f'{name}_moved_by', type_=sa.Integer),
                                  is_less) for name, is_less in less}))


def _moved(column: sa.Column, by: sa.BindParameter, is_less: bool) -> sa.ColumnElement[int]:
    return sa.case((column > by, column - by), else_=0) if is_less else column + by
