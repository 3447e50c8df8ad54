"""Queries on the images of the embedded image service."""

import datetime
import functools
import operator
from collections.abc import Iterable

import sqlalchemy as sa

from minova.db import engine, image_tags, query
from minova.db import tables as t
from minova.db.types import Json, utcnow

_c = t.images.c
_ALIVE = _c.deleted == sa.false()
_OPERATORS = {'eq': operator.eq, 'neq': operator.ne, 'gt': operator.gt, 'gte': operator.ge,
              'lt': operator.lt, 'lte': operator.le}
_AGGREGATES = {'sqlite': 'json_group_array', 'postgresql': 'json_agg', 'mysql': 'json_arrayagg'}
#: What a list can be sorted by -> the column.
SORT_KEYS = {name: _c['size_bytes' if name == 'size' else name] for name in (
    'name', 'status', 'container_format', 'disk_format', 'size', 'id', 'created_at', 'updated_at')}

#: A column's name, an operator (eq, neq, gt, gte, lt, lte) and a value.
Comparison = tuple[str, str, object]


@functools.cache
def _select(dialect: str) -> sa.Select:
    """All columns but size_bytes, and `tags` as JSON: one statement, however many tags there are."""
    aggregate = getattr(sa.func, _AGGREGATES[dialect])(t.image_tags.c.value)
    tags = sa.select(sa.cast(aggregate, sa.Text) if dialect == 'postgresql' else aggregate).where(
        t.image_tags.c.image_id == _c.id).scalar_subquery()
    return sa.select(*(column for column in t.images.columns if column.name != 'size_bytes'),
                     sa.type_coerce(tags, Json).label('tags'))


def _is_shared_with(project_id, status: str | None = None):
    m = t.image_members.c
    found = sa.exists().where(m.image_id == _c.id, m.member == project_id)
    return sa.and_(_c.visibility == 'shared', found if status is None else found.where(m.status == status))


def _visible(project_id):
    """What a project may look at: its own, and what is public, for the community or shared with it."""
    return sa.or_(_c.visibility.in_(('public', 'community')), _c.owner == project_id,
                  _is_shared_with(project_id))


def _listed(project_id: str | None, visibility: str | None, member_status: str | None):
    """What a project's list shows: not what the community has, unless that is asked for."""
    wanted = sa.true() if visibility in (None, 'all') else _c.visibility == visibility
    if project_id is None:
        return wanted
    everybodys = ('public',) if visibility is None else ('public', 'community')
    return sa.and_(wanted, sa.or_(_c.visibility.in_(everybodys), _c.owner == project_id,
                                  _is_shared_with(project_id, member_status)))


@functools.cache
def _one(dialect: str, of_all: bool) -> sa.Select:
    statement = _select(dialect).where(_c.id == sa.bindparam('wanted'), _ALIVE)
    return statement if of_all else statement.where(_visible(sa.bindparam('project_id')))


def _images(result: sa.CursorResult) -> list[dict]:
    images = query.dicts(result)
    for image in images:
        image['tags'] = sorted(image['tags'] or ())
    return images


def get(image_id: str, project_id: str | None = None) -> dict | None:
    """The living image, if `project_id` may see it; None sees all."""
    with engine.reader() as conn:
        found = _images(conn.execute(_one(engine.dialect_name(), project_id is None),
                                     {'wanted': image_id, 'project_id': project_id}))
    return found[0] if found else None


def get_page(project_id: str | None, conditions: dict, properties: dict[str, str],
             changes_since: datetime.datetime | None = None, limit: int | None = None,
             marker: str | None = None, *, visibility: str | None = None,
             member_status: str | None = 'accepted', tags: Iterable[str] = (),
             comparisons: Iterable[Comparison] = (),
             sort: Iterable[tuple[str, str]] = (('created_at', 'desc'),)) -> list[dict] | None:
    """A page of the images in the list of `project_id` (None: everybody's); None for an unknown marker.

    `conditions` maps columns, and `properties` properties, to the values that they must have, or to a
    list of these. `changes_since` asks for what changed after that, deleted images included.
    `member_status` is that of images which are shared with the project (None: any). An image must
    have all of `tags`. `sort` has keys of SORT_KEYS, with 'asc' or 'desc'.
    """
    statement = _select(engine.dialect_name()).where(
        _listed(project_id, visibility, member_status),
        *(query.matches(_c[name], value) for name, value in conditions.items()),
        *(_has_property(name, value) for name, value in properties.items()),
        *(_OPERATORS[compare](_c[name], value) for name, compare, value in comparisons),
        *(sa.exists().where(t.image_tags.c.image_id == _c.id, t.image_tags.c.value == tag)
          for tag in tags))
    if changes_since is None:
        statement = statement.where(_ALIVE)
    else:
        statement = statement.where(_c.updated_at > changes_since)
    keys = _sort_keys(sort)
    last = None
    if marker is not None:
        seen = sa.true() if project_id is None else _visible(project_id)
        last = sa.select(*(column for column, _ in keys)).where(_c.id == marker, seen)
    with engine.reader() as conn:
        found = query.page(conn, statement, keys, limit, last)
        return None if found is None else _images(found)


def _sort_keys(sort: Iterable[tuple[str, str]]) -> list[query.SortKey]:
    """Those keys, and what makes the order a definite one."""
    found = {SORT_KEYS[name].name: (SORT_KEYS[name], direction) for name, direction in sort}
    last = list(found.values())[-1][1] if found else 'desc'
    for name in ('created_at', 'id'):
        found.setdefault(name, (_c[name], last))
    return list(found.values())


def _has_property(name: str, value: str):
    if any(character in name for character in '"\\\0'):
        return sa.false()       # cannot be said in a JSON path; the API takes no such name
    column = _c.properties
    document = (sa.cast(column, sa.JSON) if engine.dialect_name() == 'postgresql'
                else sa.type_coerce(column, sa.JSON))
    return document[name].as_string() == value


def _columns(values: dict) -> dict:
    if 'size' in values:
        values = {**values, 'size_bytes': int(values['size'] or 0)}
    return {name: value for name, value in values.items() if name != 'tags'}


@engine.retry_on_conflict
def create(values: dict) -> bool:
    """Add the image `values`, columns by name and `tags`; False when there is, or was, one of its id."""
    now = utcnow()
    values = {'created_at': now, 'updated_at': now, **values}
    with engine.writer() as conn:
        if not query.insert_ignore(conn, t.images, _columns(values)):
            return False
        if values.get('tags'):
            image_tags.replace(conn, values['id'], values['tags'])
        return True


@engine.retry_on_conflict
def update(image_id: str, values: dict, expected: dict) -> bool:
    """Set columns and `tags` of the living image if it is as `expected`; whether it was there and was so."""
    with engine.writer() as conn:
        done = query.compare_and_swap(
            conn, t.images, {'id': image_id, 'deleted': False}, expected,
            {'updated_at': utcnow(), **_columns(values)})
        if done and 'tags' in values:
            image_tags.replace(conn, image_id, values['tags'])
        return done


@engine.retry_on_conflict
def delete(image_id: str) -> bool:
    """Delete the living image unless it is protected; whether it was there and was not."""
    now = utcnow()
    with engine.writer() as conn:
        done = query.compare_and_swap(
            conn, t.images, {'id': image_id, 'deleted': False}, {'protected': False},
            {'deleted': True, 'deleted_at': now, 'updated_at': now, 'status': 'deleted'})
        if done:
            for table in (t.image_tags, t.image_members):
                conn.execute(table.delete().where(table.c.image_id == image_id))
        return done
