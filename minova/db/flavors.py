"""Queries on flavors."""

import sqlalchemy as sa
from oslo_db import exception as db_exc

from minova.db import engine, query
from minova.db import tables as t
from minova.db.types import utcnow

_ALIVE = t.flavors.c.deleted == 0

# In the order of Nova's ids, which comes of a dict; lists that are sorted by what is alike show it.
DEFAULT_FLAVORS = (
    # name, memory_mb, vcpus, root_gb, flavorid
    ('m1.medium', 4096, 2, 40, '3'),
    ('m1.tiny', 512, 1, 1, '1'),
    ('m1.large', 8192, 4, 80, '4'),
    ('m1.xlarge', 16384, 8, 160, '5'),
    ('m1.small', 2048, 1, 20, '2'),
)


def _visible(project_id: str | None):
    """What a project sees: public flavors and those that it was given access to; None sees all."""
    if project_id is None:
        return sa.true()
    access = sa.exists().where(t.flavor_projects.c.flavor_id == t.flavors.c.id,
                               t.flavor_projects.c.project_id == project_id)
    return sa.or_(t.flavors.c.is_public == sa.true(), access)


_OF_ALL = (
    sa.select(t.flavors, t.flavor_extra_specs.c.key, t.flavor_extra_specs.c.value)
    .select_from(t.flavors.outerjoin(
        t.flavor_extra_specs, t.flavor_extra_specs.c.flavor_id == t.flavors.c.id))
    .where(t.flavors.c.flavorid == sa.bindparam('wanted'), _ALIVE))
_VISIBLE = _OF_ALL.where(_visible(sa.bindparam('project_id')))


def get_by_flavorid(flavorid: str, project_id: str | None = None) -> dict | None:
    """The living flavor, with its extra_specs, if `project_id` may see it."""
    statement = _OF_ALL if project_id is None else _VISIBLE
    with engine.reader() as conn:
        rows = query.dicts(conn.execute(
            statement, {'wanted': flavorid, 'project_id': project_id}))
    if not rows:
        return None
    specs = {row.pop('key'): row.pop('value') for row in rows}
    specs.pop(None, None)
    rows[0]['extra_specs'] = specs
    return rows[0]


def get_page(project_id: str | None, *, min_memory_mb: int | None = None,
             min_root_gb: int | None = None, disabled: bool | None = None,
             is_public: bool | None = None, sort_key: str = 'flavorid', sort_dir: str = 'asc',
             limit: int | None = None, marker: str | None = None) -> list[dict] | None:
    """A page of flavors without their extra_specs; None when the marker is not there.

    `project_id` None sees all. Raises KeyError for a sort key that is no column.
    """
    c = t.flavors.c
    statement = sa.select(t.flavors).where(_ALIVE, _visible(project_id))
    if min_memory_mb is not None:
        statement = statement.where(c.memory_mb >= min_memory_mb)
    if min_root_gb is not None:
        statement = statement.where(c.root_gb >= min_root_gb)
    if disabled is not None:
        statement = statement.where(c.disabled == disabled)
    if is_public is not None:
        statement = statement.where(c.is_public == is_public)
    keys = [(c[sort_key], sort_dir), (c.id, sort_dir)]
    last = None if marker is None else sa.select(t.flavors).where(
        c.flavorid == marker, _ALIVE, _visible(project_id))
    with engine.reader() as conn:
        found = query.page(conn, statement, keys, limit, last)
        return None if found is None else query.dicts(found)


@engine.retry_on_conflict
def create(values: dict) -> str | None:
    """Insert a flavor; None, or the column ('flavorid' or 'name') whose value is taken."""
    try:
        with engine.writer() as conn:
            conn.execute(t.flavors.insert().values(**values))
            return None
    except db_exc.DBDuplicateEntry:
        # The databases do not agree on which of two violated keys they name.
        taken = sa.select(t.flavors.c.id).where(
            t.flavors.c.flavorid == values['flavorid'], _ALIVE)
        with engine.reader() as conn:
            return 'name' if conn.execute(taken).first() is None else 'flavorid'


@engine.retry_on_conflict
def delete(flavorid: str) -> bool:
    """Whether there was such a flavor. Servers have a copy of their own, and keep it."""
    c = t.flavors.c
    with engine.writer() as conn:
        return conn.execute(t.flavors.update().where(c.flavorid == flavorid, _ALIVE).values(
            deleted=c.id, deleted_at=utcnow())).rowcount == 1


def get_projects(flavor_id: int) -> list[str]:
    """The projects that were given access, in the order in which they were."""
    c = t.flavor_projects.c
    with engine.reader() as conn:
        return list(conn.execute(
            sa.select(c.project_id).where(c.flavor_id == flavor_id).order_by(c.id)).scalars())


@engine.retry_on_conflict
def add_access(flavor_id: int, project_id: str) -> bool:
    """Whether the project had no access before."""
    with engine.writer() as conn:
        return query.insert_ignore(
            conn, t.flavor_projects, dict(flavor_id=flavor_id, project_id=project_id))


@engine.retry_on_conflict
def remove_access(flavor_id: int, project_id: str) -> bool:
    """Whether the project had access before."""
    c = t.flavor_projects.c
    with engine.writer() as conn:
        return conn.execute(t.flavor_projects.delete().where(
            c.flavor_id == flavor_id, c.project_id == project_id)).rowcount == 1


@engine.retry_on_conflict
def set_extra_specs(flavor_id: int, specs: dict[str, str]) -> None:
    """Set these items and leave the others."""
    c = t.flavor_extra_specs.c
    with engine.writer() as conn:
        for key, value in sorted(specs.items()):
            changed = conn.execute(t.flavor_extra_specs.update().where(
                c.flavor_id == flavor_id, c.key == key).values(value=value, updated_at=utcnow()))
            if not changed.rowcount and not query.insert_ignore(
                    conn, t.flavor_extra_specs,
                    dict(flavor_id=flavor_id, key=key, value=value)):
                conn.execute(t.flavor_extra_specs.update().where(
                    c.flavor_id == flavor_id, c.key == key).values(value=value))


@engine.retry_on_conflict
def delete_extra_spec(flavor_id: int, key: str) -> bool:
    """Whether there was such an item."""
    c = t.flavor_extra_specs.c
    with engine.writer() as conn:
        return conn.execute(t.flavor_extra_specs.delete().where(
            c.flavor_id == flavor_id, c.key == key)).rowcount == 1


@engine.retry_on_conflict
def add_missing(flavors: list[dict]) -> int:
    """Insert those of `flavors` that there have never been and whose name is free; how many these are.

    A flavor may have 'extra_specs' and 'projects' besides its columns.
    """
    added = 0
    with engine.writer() as conn:
        for flavor in flavors:
            values = {k: v for k, v in flavor.items() if k not in ('extra_specs', 'projects')}
            if conn.execute(sa.select(t.flavors.c.id).where(
                    t.flavors.c.flavorid == flavor['flavorid'])).first() is not None:
                continue
            if not query.insert_ignore(conn, t.flavors, values):
                continue
            added += 1
            flavor_id = conn.execute(sa.select(t.flavors.c.id).where(
                t.flavors.c.flavorid == flavor['flavorid'], _ALIVE)).scalar_one()
            for project_id in flavor.get('projects', ()):
                add_access(flavor_id, project_id)
            set_extra_specs(flavor_id, flavor.get('extra_specs', {}))
    return added


def seed_defaults(conn: sa.Connection) -> None:
    """The five flavors that Nova comes with, in an empty database."""
    for name, memory_mb, vcpus, root_gb, flavorid in DEFAULT_FLAVORS:
        query.insert_ignore(conn, t.flavors, dict(
            name=name, memory_mb=memory_mb, vcpus=vcpus, root_gb=root_gb, ephemeral_gb=0,
            flavorid=flavorid, swap=0, rxtx_factor=1.0, disabled=False, is_public=True))
