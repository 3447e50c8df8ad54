"""Queries on the images of the embedded image service."""

import datetime

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t
from minova.db.types import utcnow

_ALIVE = t.images.c.deleted == sa.false()


def _visible(project_id: str | None):
    """What a project sees: public images and its own; None sees all."""
    if project_id is None:
        return sa.true()
    return sa.or_(t.images.c.is_public == sa.true(), t.images.c.owner == project_id)


_OF_ALL = sa.select(t.images).where(t.images.c.id == sa.bindparam('wanted'), _ALIVE)
_VISIBLE = _OF_ALL.where(_visible(sa.bindparam('project_id')))


def get(image_id: str, project_id: str | None = None) -> dict | None:
    """The living image, if `project_id` may see it."""
    statement = _OF_ALL if project_id is None else _VISIBLE
    with engine.reader() as conn:
        rows = query.dicts(conn.execute(
            statement, {'wanted': image_id, 'project_id': project_id}))
    return rows[0] if rows else None


def get_page(project_id: str | None, conditions: dict, properties: dict[str, str],
             changes_since: datetime.datetime | None = None, limit: int | None = None,
             marker: str | None = None) -> list[dict] | None:
    """A page of the images that `project_id` may see, newest first; None for an unknown marker.

    `conditions` maps columns, and `properties` properties, to the values they must have.
    `changes_since` asks for what changed after that, deleted images included.
    """
    c = t.images.c
    statement = sa.select(t.images).where(
        _visible(project_id), *(c[name] == value for name, value in conditions.items()),
        *(_has_property(name, value) for name, value in properties.items()))
    if changes_since is None:
        statement = statement.where(_ALIVE)
    else:
        statement = statement.where(c.updated_at > changes_since)
    keys = [(c.created_at, 'desc'), (c.id, 'desc')]
    with engine.reader() as conn:
        if marker is not None:
            row = conn.execute(
                sa.select(c.created_at, c.id).where(c.id == marker, _visible(project_id))).first()
            if row is None:
                return None
            statement = statement.where(query.after_marker(keys, row._mapping))
        statement = statement.order_by(*query.order_by(keys, engine.dialect_name())).limit(limit)
        return query.dicts(conn.execute(statement))


def _has_property(name: str, value: str):
    if '"' in name or '\\' in name:
        return sa.false()       # cannot be said in a JSON path; the API takes no such name
    column = t.images.c.properties
    document = (sa.cast(column, sa.JSON) if engine.dialect_name() == 'postgresql'
                else sa.type_coerce(column, sa.JSON))
    return document[name].as_string() == value


@engine.retry_on_conflict
def create(values: dict) -> bool:
    """Add the image `values`, columns by name; False when there is, or was, one of its id."""
    now = utcnow()
    values = {'created_at': now, 'updated_at': now, **values}
    with engine.writer() as conn:
        return query.insert_ignore(conn, t.images, values)


@engine.retry_on_conflict
def update(image_id: str, values: dict, expected: dict) -> bool:
    """Set columns of the living image if it is as `expected`; whether it was there and was so."""
    with engine.writer() as conn:
        return query.compare_and_swap(
            conn, t.images, {'id': image_id, 'deleted': False}, expected,
            {'updated_at': utcnow(), **values})


@engine.retry_on_conflict
def delete(image_id: str) -> bool:
    """Delete the living image unless it is protected; whether it was there and was not."""
    now = utcnow()
    with engine.writer() as conn:
        return query.compare_and_swap(
            conn, t.images, {'id': image_id, 'deleted': False}, {'protected': False},
            {'deleted': True, 'deleted_at': now, 'updated_at': now, 'status': 'deleted'})
