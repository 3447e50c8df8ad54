"""What all tables have in common."""

import uuid

import sqlalchemy as sa

from minova.db.types import DateTime, utcnow

#: oslo.db reads the columns of a violated constraint from a name of the form uniq_table0col0col.
metadata = sa.MetaData(naming_convention={
    "columns0": lambda constraint, table: "0".join(column.name for column in constraint.columns),
    "columns_": lambda index, table: "_".join(column.name for column in index.columns),
    "uq": "uniq_%(table_name)s0%(columns0)s",
    "ix": "ix_%(table_name)s_%(columns_)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
})

#: Text compares as in SQLite and PostgreSQL: upper and lower case apart, blanks at the end counted.
TABLE_OPTIONS = {
    "mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_nopad_bin",
}


def table(name: str, *items) -> sa.Table:
    """A table with the integer primary key `id`."""
    return sa.Table(
        name, metadata, sa.Column("id", sa.Integer, primary_key=True), *items,
        sqlite_autoincrement=True, **TABLE_OPTIONS,
    )


def new_uuid() -> str:
    """A default for columns of type Uuid."""
    return str(uuid.uuid4())


def timestamps() -> tuple[sa.Column, sa.Column]:
    """created_at and updated_at, filled by themselves."""
    return (
        sa.Column("created_at", DateTime, default=utcnow, nullable=False),
        sa.Column("updated_at", DateTime, onupdate=utcnow),
    )


def soft_delete() -> tuple[sa.Column, sa.Column]:
    """For rows that outlive their deletion: `deleted` becomes the id, and `deleted_at` the time."""
    return (
        sa.Column("deleted_at", DateTime),
        sa.Column("deleted", sa.Integer, default=0, nullable=False),
    )


def required(name: str, type_, **options) -> sa.Column:
    """A column that is never NULL."""
    return sa.Column(name, type_, nullable=False, **options)


def child_of(name: str, parent: str) -> sa.Column:
    """The id of the row of `parent` (a table's name) that this row belongs to and goes with."""
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{parent}.id", ondelete="CASCADE"),
                     nullable=False)
