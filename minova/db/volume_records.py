"""What the queries on volumes and on snapshots have in common: rows with a uuid that belong to a project."""

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from minova.db import engine, query
from minova.db.types import utcnow

_HIDDEN = ("id", "uuid", "deleted", "deleted_at")


class Records:
    """The living rows of a table, shown with their uuid as `id`."""

    def __init__(self, table: sa.Table):
        self.table = table
        self._c = table.c
        self._shown = [table.c.uuid.label("id"),
                       *(column for column in table.columns if column.name not in _HIDDEN)]
        self._of_anybody = sa.select(*self._shown).where(
            table.c.uuid == sa.bindparam("wanted"), table.c.deleted == 0)
        self._of_project = self._of_anybody.where(table.c.project_id == sa.bindparam("owner"))

    def get(self, uuid: str, project_id: str | None = None) -> dict | None:
        """The living row, if it is `project_id`'s (None: anybody's)."""
        statement = self._of_anybody if project_id is None else self._of_project
        parameters = {"wanted": uuid} | ({} if project_id is None else {"owner": project_id})
        with engine.reader() as conn:
            rows = query.dicts(conn.execute(statement, parameters))
        return rows[0] if rows else None

    def get_page(self, project_id: str | None, limit: int | None = None, offset: int = 0, *,
                 conditions: Sequence[sa.ColumnElement] = (), marker: str | None = None,
                 sort: Sequence[tuple[str, str]] = (("created_at", "desc"),),
                 ) -> list[dict] | None:
        """A page of the project's rows (None: of all projects); None when the marker is not there.

        `conditions` are what `condition` and its like make; `sort` are names of columns with 'asc'
        or 'desc'. What is equal in these comes in the order in which it was made, or the other way
        round if the last of them descends.
        """
        keys = [(self._column(name), direction) for name, direction in sort]
        keys.append((self._c.id, keys[-1][1] if keys else "desc"))
        theirs = self._theirs(project_id)
        statement = sa.select(*self._shown).where(*theirs, *conditions).offset(offset)
        last = None if marker is None else sa.select(self.table).where(self._c.uuid == marker, *theirs)
        with engine.reader() as conn:
            found = query.page(conn, statement, keys, limit, last)
            return None if found is None else query.dicts(found)

    def count(self, project_id: str | None, conditions: Sequence[sa.ColumnElement] = ()) -> int:
        """How many rows the project has (None: all projects) that fulfil the conditions."""
        with engine.reader() as conn:
            return conn.execute(self.select(project_id, sa.func.count()).select_from(self.table).where(
                *conditions)).scalar_one()

    def _theirs(self, project_id: str | None) -> list[sa.ColumnElement]:
        alive = [self._c.deleted == 0]
        return alive if project_id is None else [self._c.project_id == project_id, *alive]

    def _column(self, name: str) -> sa.Column:
        """The column of that name in a dict: `id` is the uuid."""
        return self._c.uuid if name == "id" else self._c[name]

    def select(self, project_id: str | None, *columns: sa.ColumnElement) -> sa.Select:
        """What selects columns of the project's rows (None: of all projects)."""
        return sa.select(*columns).where(*self._theirs(project_id))

    # ---- conditions

    def condition(self, name: str, operator: str, value) -> sa.ColumnElement[bool]:
        """A condition on the column `name`; `id` is the uuid.

        :param operator: '=' (of a list: any of them), 'like' (has the text in it), or one of
            gt, gte, lt, lte, eq, neq
        """
        column = self._column(name)
        if operator == "=":
            return query.matches(column, value)
        if operator == "like":
            return column.contains(value, autoescape=True)
        return {"gt": column > value, "gte": column >= value, "lt": column < value,
                "lte": column <= value, "eq": column == value, "neq": column != value}[operator]

    def has_metadata(self, items: Mapping[str, str]) -> list[sa.ColumnElement]:
        """The metadata have all of the items."""
        column = self._c.metadata
        document = (sa.cast(column, sa.JSON) if engine.dialect_name() == "postgresql"
                    else sa.type_coerce(column, sa.JSON))
        # A quotation mark or a backslash cannot be said in a JSON path.
        return [sa.false() if '"' in name or "\\" in name else document[name].as_string() == value
                for name, value in items.items()]

    # ---- changes

    def insert(self, conn: sa.Connection, values: Mapping) -> bool:
        """Insert a row; values['id'] is its uuid. False when it is there, as it is for who tries again."""
        values = dict(values)
        return query.insert_ignore(conn, self.table, {"uuid": values.pop("id"), **values})

    @engine.retry_on_conflict
    def compare_and_swap(self, uuid: str, expected: Mapping, values: Mapping) -> bool:
        """Set columns of a living row whose columns are as expected; whether they were."""
        with engine.writer() as conn:
            return query.compare_and_swap(
                conn, self.table, {"uuid": uuid, "deleted": 0}, expected, values)

    def lock(self, conn: sa.Connection, uuid: str) -> dict | None:
        """The living row as it is, and stays, until the transaction ends."""
        conn.execute(sa.select(self._c.id).where(self._c.uuid == uuid).with_for_update()).all()
        return self.get(uuid)

    @engine.retry_on_conflict
    def change_items(self, uuid: str, column: str, values: Mapping, *, whole: bool = False,
                     without: str | None = None) -> dict | None:
        """Change items of the dict that a column holds; the dict then, None when the row is gone.

        `values` are set, and with `whole` take the place of all others; the item `without` goes.
        Raises KeyError when there is none of that name.
        """
        with engine.writer() as conn:
            row = self.lock(conn, uuid)
            if row is None:
                return None
            items = {**({} if whole else row[column] or {}), **values}
            if without is not None:
                del items[without]
            conn.execute(self.table.update().where(self._c.uuid == uuid).values(**{column: items}))
            return items

    def remove(self, conn: sa.Connection, conditions: Iterable[sa.ColumnElement]) -> int:
        """Delete the living rows that fulfil the conditions; how many these were."""
        return conn.execute(self.table.update().where(self._c.deleted == 0, *conditions).values(
            deleted=self._c.id, deleted_at=utcnow(), status="deleting")).rowcount
