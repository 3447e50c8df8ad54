"""Which version the database's schema has, and how it gets to the one this code needs.

The steps are modules in `migrations/versions`. To add one: change the tables, then

    alembic -c setup.cfg revision --autogenerate --rev-id 0002 -m "What it does"

against a database at the version before, read what came out, and set HEAD here.

Alembic is imported only when there is something to migrate: a start with a current database, or
with a new embedded one, does without.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator

import sqlalchemy as sa
from oslo_db import exception as db_exc

from minova import exception
from minova.db import engine, extension_tables, flavors, tables, volume_types

#: The version of the schema that this code needs.
HEAD = "0001"

_version_table = sa.Table(
    "alembic_version", sa.MetaData(),
    sa.Column("version_num", sa.String(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def version() -> str | None:
    """The version of the database's schema; None when it has none of ours."""
    if engine.is_embedded() and not os.path.exists(engine.url().database):
        return None
    with engine.reader() as conn:
        # Asked first: on PostgreSQL an error would spoil the transaction that this may be part of.
        if not conn.dialect.has_table(conn, _version_table.name):
            return None
        return conn.execute(sa.select(_version_table.c.version_num)).scalar()


def sync(to: str | None = None) -> None:
    """Bring the schema to version `to`, or to the newest, from whichever it has.

    There is no way back to an older version. Raises DatabaseNotReady when `to` is unknown or older,
    when the database was made by a newer minova, or when it cannot be reached.
    """
    with _reported():
        with _file_lock() if engine.is_embedded() else contextlib.nullcontext():
            _migrate(to)
            with engine.writer() as conn:
                extension_tables.create_missing(conn)


def ensure_ready() -> None:
    """Raise DatabaseNotReady unless the database has the schema that this code needs.

    The embedded database is made, or brought up to date, on the spot; several processes may do this
    at the same time.
    """
    with _reported():
        if engine.is_embedded():
            _ensure_embedded()
            _ensure_extension_tables()
            return
        found, missing = version(), []
        if found == HEAD:
            with engine.reader() as conn:
                missing = extension_tables.missing(conn)
    if found != HEAD or missing:
        state = "has no schema yet" if found is None else f"has a schema of version {found}"
        if missing:
            state += f" without {', '.join(missing)}"
        raise exception.DatabaseNotReady(
            reason=f"{engine.url()} {state}, this minova needs version {HEAD}: "
                   "run `minova-manage db sync`.")


def _ensure_embedded() -> None:
    path = engine.url().database
    # An empty file is one that another process is just making.
    if os.path.exists(path) and os.path.getsize(path) and version() == HEAD:
        return
    with _file_lock():
        found = version()
        if found is None:
            _create()
        elif found != HEAD:
            _migrate(None)


def _ensure_extension_tables() -> None:
    with engine.reader() as conn:
        missing = extension_tables.missing(conn)
    if missing:
        with _file_lock(), engine.writer() as conn:
            extension_tables.create_missing(conn)


def _create() -> None:
    """Make the schema in one transaction, from the tables: in a tenth of the time of migrations."""
    with engine.writer() as conn:
        if conn.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar():
            raise exception.DatabaseNotReady(
                reason=f"{engine.url().database} is the file of another program.")
        tables.metadata.create_all(conn, checkfirst=False)
        _version_table.create(conn, checkfirst=False)
        conn.execute(_version_table.insert().values(version_num=HEAD))
        seed_defaults(conn)


def _migrate(to: str | None) -> None:
    from alembic import command, config, util

    settings = config.Config()
    settings.set_main_option("script_location", "minova:db/migrations")
    try:
        with engine.writer() as conn:
            is_new = version() is None
            settings.attributes["connection"] = conn
            command.upgrade(settings, to or "head")
            if is_new:
                seed_defaults(conn)
    except util.CommandError as error:
        raise exception.DatabaseNotReady(
            reason=f"{engine.url()} cannot be brought to version {to or HEAD}: {error}") from error


def seed_defaults(conn: sa.Connection) -> None:
    """What is in a new database."""
    flavors.seed_defaults(conn)
    volume_types.seed_default(conn)


@contextlib.contextmanager
def _reported() -> Iterator[None]:
    try:
        engine.url()
    except ValueError as error:
        raise exception.DatabaseNotReady(reason=error) from error
    try:
        yield
    except (db_exc.DBConnectionError, db_exc.DBNonExistentDatabase) as error:
        raise exception.DatabaseNotReady(
            reason=f"{engine.url()} cannot be reached: {error.inner_exception}") from error
    except OSError as error:
        raise exception.DatabaseNotReady(reason=f"{engine.url()}: {error}") from error


@contextlib.contextmanager
def _file_lock() -> Iterator[None]:
    """Keep other processes from changing the schema of the embedded database; make its folder."""
    path = engine.url().database
    os.makedirs(os.path.dirname(os.path.abspath(path)), mode=0o700, exist_ok=True)
    with open(path + ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Only the owner may read what is in it: keys, tokens, user data.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        yield
