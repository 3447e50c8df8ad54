"""What the queries of all nouns share: atomic updates, idempotent inserts, paging by key.

A statement that is built once, with `sa.bindparam` for what changes, runs in half the time of one
that is built for each call: worth it for what every request asks.
"""

import functools
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from oslo_db import exception as db_exc

_COLLECTIONS = (list, tuple, set, frozenset)

#: A sort key: a column and its direction, 'asc' or 'desc'.
SortKey = tuple[sa.ColumnElement, str]


def matches(column: sa.ColumnElement, expected) -> sa.ColumnElement[bool]:
    """`column` is `expected`: a value, None, or a list, tuple or set of these (any of them)."""
    if isinstance(expected, _COLLECTIONS):
        values = [value for value in expected if value is not None]
        if len(values) == len(expected):
            return column.in_(values)
        return sa.or_(column.in_(values), column.is_(None)) if values else column.is_(None)
    return column.is_(None) if expected is None else column == expected


def is_id(number: int) -> bool:
    """Whether a column `id` can hold `number`, which a client has written."""
    return 0 < number < 2 ** 31


def compare_and_swap(conn: sa.Connection, table: sa.Table, where: Mapping, expected: Mapping,
                     values: Mapping) -> bool:
    """Set `values` in the one row that `where` names, provided that it is as `expected`.

    All three map column names to values; in `where` and `expected` a list, tuple or set means any
    of its elements, and None means NULL. Returns whether the row was there and was as expected.
    """
    conditions, parameters = [], {f"set_to_{name}": value for name, value in values.items()}
    compared = []
    for name, value in [*where.items(), *expected.items()]:
        if value is None or isinstance(value, _COLLECTIONS):
            conditions.append(matches(table.c[name], value))
        else:
            parameters[f"is_{name}_{len(compared)}"] = value
            compared.append(name)
    if any(isinstance(value, sa.ClauseElement) for value in parameters.values()):
        conditions += [table.c[name] == parameters[f"is_{name}_{position}"]
                       for position, name in enumerate(compared)]
        return conn.execute(table.update().where(*conditions).values(**values)).rowcount == 1
    statement = _update(table, tuple(compared), tuple(values))
    if conditions:
        statement = statement.where(*conditions)
    return conn.execute(statement, parameters).rowcount == 1


@functools.lru_cache(maxsize=512)
def _update(table: sa.Table, compared: tuple[str, ...], changed: tuple[str, ...]) -> sa.Update:
    """Sets the columns `changed` to set_to_COLUMN where the `compared` ones are is_COLUMN_POSITION."""
    return table.update().where(
        *(table.c[name] == sa.bindparam(f"is_{name}_{position}", type_=table.c[name].type)
          for position, name in enumerate(compared))
    ).values({name: sa.bindparam(f"set_to_{name}", type_=table.c[name].type) for name in changed})


def insert_ignore(conn: sa.Connection, table: sa.Table, values: Mapping) -> bool:
    """Insert the row `values` unless one with the same unique key is there. Whether it inserted.

    For use in a `writer()`. Every other error is raised.
    """
    if conn.dialect.name == "mysql":
        # INSERT IGNORE would hide other errors, and ON DUPLICATE KEY UPDATE does not tell which it
        # did. A statement that fails leaves the transaction as it was.
        try:
            conn.execute(table.insert(), dict(values))
        except db_exc.DBDuplicateEntry:
            return False
        return True
    return conn.execute(_insert_ignore(table, conn.dialect.name), dict(values)).rowcount == 1


def insert_ignore_id(conn: sa.Connection, table: sa.Table, values: Mapping) -> int | None:
    """The same; the id of the new row, None if it was not inserted."""
    if conn.dialect.name == "mysql":
        try:
            return conn.execute(table.insert(), dict(values)).inserted_primary_key[0]
        except db_exc.DBDuplicateEntry:
            return None
    statement = _insert_ignore_id(table, conn.dialect.name)
    return conn.execute(statement, dict(values)).scalar()


@functools.lru_cache(maxsize=64)
def _insert_ignore_id(table: sa.Table, dialect: str) -> sa.Insert:
    return _insert_ignore(table, dialect).returning(table.c.id)


@functools.lru_cache(maxsize=256)
def _insert_ignore(table: sa.Table, dialect: str) -> sa.Insert:
    if dialect == "sqlite":
        from sqlalchemy.dialects.sqlite import insert
    else:
        from sqlalchemy.dialects.postgresql import insert
    # Given rows as parameters, SQLAlchemy would ask PostgreSQL for their new ids, and count those.
    return insert(table).inline().on_conflict_do_nothing()


def dicts(result: sa.CursorResult) -> list[dict]:
    """The rows of `result` as plain dicts by column name."""
    names = list(result.keys())
    return [dict(zip(names, row, strict=True)) for row in result.all()]


def order_by(keys: Iterable[SortKey], dialect: str) -> list[sa.ColumnElement]:
    """ORDER BY for `keys`, with NULL before every value, in all databases the same."""
    clauses = []
    for column, direction in keys:
        clause = column.desc() if direction == "desc" else column.asc()
        if dialect == "postgresql" and column.nullable:
            clause = clause.nulls_last() if direction == "desc" else clause.nulls_first()
        clauses.append(clause)
    return clauses


def after_marker(keys: Sequence[SortKey], marker: Mapping) -> sa.ColumnElement[bool]:
    """The rows that come after the row `marker` in the order of `keys`.

    `marker` maps the columns' names to that row's values. The last key must be unique and not NULL,
    or rows that are equal to the marker are skipped.
    """
    condition = sa.false()
    for position, (column, direction) in reversed(list(enumerate(keys))):
        value = marker[column.name]
        beyond = _beyond(column, direction, value)
        if position == len(keys) - 1:
            condition = beyond
            continue
        condition = sa.or_(beyond, sa.and_(matches(column, value), condition))
        if not column.nullable and value is not None:
            # Says nothing new, but is a range that an index can begin at.
            bound = column <= value if direction == "desc" else column >= value
            condition = sa.and_(bound, condition)
    return condition


def page(conn: sa.Connection, statement: sa.Select, keys: Sequence[SortKey], limit: int | None,
         marker: sa.Select | None = None) -> sa.CursorResult | None:
    """A page of what `statement` selects, in the order of `keys`, whose last is unique and not NULL.

    `marker` selects the keys of the row that the page comes after; None when there is no such row.
    """
    if marker is not None:
        row = conn.execute(marker).first()
        if row is None:
            return None
        statement = statement.where(after_marker(keys, row._mapping))
    return conn.execute(statement.order_by(*order_by(keys, conn.dialect.name)).limit(limit))


def _beyond(column: sa.ColumnElement, direction: str, value) -> sa.ColumnElement[bool]:
    if direction == "desc":
        if value is None:
            return sa.false()
        return sa.or_(column < value, column.is_(None)) if column.nullable else column < value
    return column.is_not(None) if value is None else column > value
