"""Lists as Neutron's API has them: filtered by any attribute, sorted by several, and paged by key."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence

import sqlalchemy as sa

from minova.db import engine, query

_TRUE, _FALSE = ("true", "1", "t", "yes"), ("false", "0", "f", "no")


class MarkerNotFound(LookupError):
    """The marker of a list is nothing that there is."""


@dataclasses.dataclass(frozen=True)
class Listed:
    """Rows that can be listed.

    `select` selects from `table` and what is joined to it. `columns` maps attributes to columns, of
    which those of `table` itself may be sorted by, or to functions of a filter's values that answer a
    condition. `visible` answers what the project of that id sees.
    """

    table: sa.Table
    select: sa.Select
    columns: Mapping[str, sa.ColumnElement | Callable[[list[str]], sa.ColumnElement[bool]]]
    visible: Callable[[str], sa.ColumnElement[bool]]

    def _seen(self, project_id: str | None) -> sa.Select:
        return self.select if project_id is None else self.select.where(self.visible(project_id))

    def get(self, uuid: str, project_id: str | None = None) -> dict | None:
        """The row, if the project (None: everybody) sees it."""
        with engine.reader() as conn:
            rows = query.dicts(conn.execute(self._seen(project_id).where(self.table.c.uuid == uuid)))
        return rows[0] if rows else None

    def page(self, project_id: str | None, *, filters: Mapping[str, list[str]],
             sorts: Sequence[tuple[str, str]] = (), limit: int | None = None,
             marker: str | None = None, reverse: bool = False) -> list[dict]:
        """The rows that the project (None: everybody) sees.

        A filter has the values of which a row has any. `marker` is the uuid of the last row of the page
        before, or with `reverse` of the first one of the page after.

        Two statements at most. Raises KeyError for an unknown attribute, and MarkerNotFound.
        """
        table = self.table
        statement = self._seen(project_id).where(
            *(_condition(self.columns[name], values) for name, values in filters.items()))
        keys = [(self.columns[name], direction) for name, direction in sorts]
        for (column, _), (name, _) in zip(keys, sorts, strict=True):
            if getattr(column, "table", None) is not table:
                raise KeyError(name)
        keys.append((table.c.id, "asc"))
        if reverse:
            keys = [(column, "asc" if way == "desc" else "desc") for column, way in keys]
        if marker is not None:
            last = self.get(marker, project_id)
            if last is None:
                raise MarkerNotFound(marker)
            statement = statement.where(query.after_marker(keys, last))
        with engine.reader() as conn:
            rows = query.dicts(query.page(conn, statement, keys, limit))
        return rows[::-1] if reverse else rows

    def count(self, conn: sa.Connection, project_id: str) -> int:
        """How many rows of the table are the project's."""
        return conn.execute(sa.select(sa.func.count()).select_from(self.table).where(
            self.table.c.project_id == project_id)).scalar_one()


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
