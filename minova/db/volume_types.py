"""Queries on the types of volumes."""

import uuid

import sqlalchemy as sa
from oslo_db import exception as db_exc

from minova.db import engine, query
from minova.db import tables as t
from minova.db.types import utcnow

_c = t.volume_types.c
_ALIVE = _c.deleted == 0
_SHOWN = [_c.uuid.label('id'), _c.name, _c.description, _c.is_public, _c.extra_specs, _c.created_at,
          _c.updated_at]
#: The type that is there from the beginning.
DEFAULT = '__DEFAULT__'


def _visible(project_id: str | None):
    """What a project sees: public types and those that it was given access to; None sees all."""
    if project_id is None:
        return sa.true()
    access = sa.exists().where(t.volume_type_projects.c.volume_type_id == _c.id,
                               t.volume_type_projects.c.project_id == project_id)
    return sa.or_(_c.is_public == sa.true(), access)


def get(name_or_id: str, project_id: str | None = None) -> dict | None:
    """The living type of that id, else of that name, if `project_id` may see it."""
    with engine.reader() as conn:
        rows = query.dicts(conn.execute(sa.select(*_SHOWN).where(
            sa.or_(_c.uuid == name_or_id, _c.name == name_or_id), _ALIVE, _visible(project_id))))
    return next((row for row in rows if row['id'] == name_or_id), rows[0] if rows else None)


def get_page(project_id: str | None, *, is_public: bool | None = None, limit: int | None = None,
             marker: str | None = None, sort_key: str = 'created_at',
             sort_dir: str = 'desc') -> list[dict] | None:
    """A page of types; None when the marker is not there. `project_id` None sees all."""
    statement = sa.select(*_SHOWN).where(_ALIVE, _visible(project_id))
    if is_public is not None:
        statement = statement.where(_c.is_public == is_public)
    keys = [(_c[sort_key], sort_dir), (_c.id, sort_dir)]
    last = None if marker is None else sa.select(t.volume_types).where(
        _c.uuid == marker, _ALIVE, _visible(project_id))
    with engine.reader() as conn:
        found = query.page(conn, statement, keys, limit, last)
        return None if found is None else query.dicts(found)


@engine.retry_on_conflict
def create(values: dict) -> bool:
    """Insert a type; values['id'] is its uuid. False when the name is taken."""
    values = dict(values)
    with engine.writer() as conn:
        return query.insert_ignore(conn, t.volume_types, {'uuid': values.pop('id'), **values})


@engine.retry_on_conflict
def update(type_id: str, values: dict) -> bool | None:
    """Set columns of a living type, also the name that its volumes show; None when that is taken.

    Otherwise whether it was there.
    """
    v = t.volumes.c
    try:
        with engine.writer() as conn:
            if not conn.execute(t.volume_types.update().where(
                    _c.uuid == type_id, _ALIVE).values(**values)).rowcount:
                return False
            if 'name' in values:
                # To the volumes themselves nothing happens: their updated_at stays.
                conn.execute(t.volumes.update().where(v.volume_type_id == type_id).values(
                    volume_type=values['name'], updated_at=v.updated_at))
    except db_exc.DBDuplicateEntry:
        return None
    return True


@engine.retry_on_conflict
def delete(type_id: str) -> bool:
    """Whether there was such a type that no volume has."""
    v = t.volumes.c
    with engine.writer() as conn:
        # Whoever makes a volume of the type locks it too.
        conn.execute(sa.select(_c.id).where(_c.uuid == type_id).with_for_update()).all()
        return conn.execute(t.volume_types.update().where(
            _c.uuid == type_id, _ALIVE,
            ~sa.exists().where(v.volume_type_id == type_id, v.deleted == 0),
        ).values(deleted=_c.id, deleted_at=utcnow())).rowcount == 1


@engine.retry_on_conflict
def change_specs(type_id: str, values: dict[str, str], without: str | None = None) -> dict | None:
    """Set extra specs, and remove the one `without`; all of them then, None when the type is gone.

    Raises KeyError when there is none of that name.
    """
    with engine.writer() as conn:
        specs = conn.execute(sa.select(_c.extra_specs).where(
            _c.uuid == type_id, _ALIVE).with_for_update()).scalar()
        if specs is None:
            return None
        specs = {**specs, **values}
        if without is not None:
            del specs[without]
        conn.execute(t.volume_types.update().where(_c.uuid == type_id).values(extra_specs=specs))
        return specs


def _row_of(type_id: str) -> sa.ScalarSelect:
    return sa.select(_c.id).where(_c.uuid == type_id, _ALIVE).scalar_subquery()


def get_projects(type_id: str) -> list[str]:
    """The projects that were given access, in the order in which they were."""
    c = t.volume_type_projects.c
    with engine.reader() as conn:
        return list(conn.execute(sa.select(c.project_id).where(
            c.volume_type_id == _row_of(type_id)).order_by(c.id)).scalars())


@engine.retry_on_conflict
def add_access(type_id: str, project_id: str) -> bool:
    """Whether the project had no access before, and the type is there."""
    with engine.writer() as conn:
        row = conn.execute(sa.select(_row_of(type_id))).scalar()
        return row is not None and query.insert_ignore(
            conn, t.volume_type_projects, {'volume_type_id': row, 'project_id': project_id})


@engine.retry_on_conflict
def remove_access(type_id: str, project_id: str) -> bool:
    """Whether the project had access before."""
    c = t.volume_type_projects.c
    with engine.writer() as conn:
        return conn.execute(t.volume_type_projects.delete().where(
            c.volume_type_id == _row_of(type_id), c.project_id == project_id)).rowcount == 1


def seed_default(conn: sa.Connection) -> None:
    """The type that volumes have for which nobody has chosen one, in an empty database."""
    query.insert_ignore(conn, t.volume_types, {
        'uuid': str(uuid.uuid4()), 'name': DEFAULT, 'description': 'Default Volume Type',
        'is_public': True, 'extra_specs': {}})
