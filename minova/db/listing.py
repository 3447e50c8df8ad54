"""Lists as Neutron's API has them: filtered by any attribute, sorted by several, and paged by key."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from minova.db import engine, query

_TRUE, _FALSE = ("true", "1", "t", "yes"), ("false", "0", "f", "no")


class MarkerNotFound(LookupError):
    """The marker of a list is nothing that there is."""


def page(statement: sa.Select, table: sa.Table, columns: Mapping, *,
         filters: Mapping[str, list[str]], sorts: Sequence[tuple[str, str]] = (),
         limit: int | None = None, marker: str | None = None, reverse: bool = False) -> list[dict]:
    """The rows of `statement`, which selects from `table` and what is joined to it.

    `columns` maps attributes to columns; those of `table` itself may be sorted by. For an attribute
    that is not a column there is a function of the values, which answers a condition. A filter has the
    values of which a row has any. `marker` is the uuid of the last row of the page before, or with
    `reverse` of the first one of the page after.

    Two statements at most. Raises KeyError for an unknown attribute, and MarkerNotFound.
    """
    statement = statement.where(*(_condition(columns[name], values)
                                  for name, values in filters.items()))
    keys = [(columns[name], direction) for name, direction in sorts]
    for (column, _), (name, _) in zip(keys, sorts, strict=True):
        if getattr(column, "table", None) is not table:
            raise KeyError(name)
    keys.append((table.c.id, "asc"))
    if reverse:
        keys = [(column, "asc" if way == "desc" else "desc") for column, way in keys]
    with engine.reader() as conn:
        if marker is not None:
            marker = query.dicts(conn.execute(sa.select(table).where(
                table.c.uuid == marker)))
            if not marker:
                raise MarkerNotFound(marker)
            statement = statement.where(query.after_marker(keys, marker[0]))
        rows = query.dicts(conn.execute(
            statement.order_by(*query.order_by(keys, engine.dialect_name()))
            .limit(limit)))
    return rows[::-1] if reverse else rows


def _condition(column, values: list[str]) -> sa.ColumnElement[bool]:
    if not isinstance(column, sa.ColumnElement):
        return column(values)
    if isinstance(column.type, sa.Boolean):
        wanted = {True for v in values if v.lower() in _TRUE} | {
            False for v in values if v.lower() in _FALSE}
        return sa.or_(sa.false(), *(column == sa.literal(value) for value in wanted))
    if isinstance(column.type, sa.Integer):
        # Wide enough for all that there is, and no more than a column holds.
        return column.in_([int(v) for v in values if v.isascii() and v.isdigit() and len(v) < 10])
    condition = column.in_(values)
    return sa.or_(condition, column.is_(None)) if "" in values else condition


def count(conn: sa.Connection, table: sa.Table, project_id: str) -> int:
    """How many rows of the table are the project's."""
    return conn.execute(sa.select(sa.func.count()).select_from(table).where(
        table.c.project_id == project_id)).scalar_one()
