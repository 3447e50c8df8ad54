"""How connections are made, and how transactions on them begin and end, one way per database.

All connections are in the driver's autocommit mode, so that a query costs exactly its statement; a
transaction is opened and closed by explicit BEGIN and COMMIT (see `engine.writer`). Errors come as
oslo.db's exceptions.
"""

import logging
import random
import select
import time
import types

import sqlalchemy as sa
from oslo_db import exception as db_exc
from oslo_db.sqlalchemy import exc_filters
from sqlalchemy import event, pool

from minova import exception
from minova.conf import CONF

LOG = logging.getLogger(__name__)

#: Seconds to wait for somebody else's lock on the SQLite file.
SQLITE_BUSY_TIMEOUT = 60

_DRIVERS = {
    "postgresql": "postgresql+psycopg2",
    "mysql": "mysql+pymysql",
    "mariadb": "mysql+pymysql",
    "mariadb+pymysql": "mysql+pymysql",
}
_PG_CONFLICTS = ("40001", "40P01", "55P03")


def parse_url(url: str) -> sa.URL:
    """`url` with the driver spelled out. Raises ValueError for a database that cannot be served."""
    try:
        parsed = sa.make_url(url)
        parsed = parsed.set(drivername=_DRIVERS.get(parsed.drivername, parsed.drivername))
        if "@" in (parsed.host or ""):
            raise ValueError
        backend = parsed.get_backend_name()
    except (ValueError, sa.exc.ArgumentError):
        # What is wrong with it may be a password: nothing of it is repeated.
        raise ValueError("[database]connection is not a database URL as SQLAlchemy writes it; in a password, "
                         "@ : / and % are written %40 %3A %2F and %25") from None
    if backend not in ("sqlite", "postgresql", "mysql"):
        raise ValueError(f"minova knows no database named {backend}")
    if backend == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise ValueError("SQLite in memory belongs to one connection alone: name a file")
    return parsed


def create_engines(url: sa.URL) -> tuple[sa.Engine, sa.Engine]:
    """The engine for queries and the one for transactions; the same one but with SQLite."""
    if url.get_backend_name() == "sqlite":
        # The writer has a connection of its own: whoever holds the write lock never waits for the
        # pool. Readers may open as many as they like; a connection costs less than a wait.
        readers = _sqlite_engine(url, query_only=True, pool_size=CONF.database.max_pool_size,
                                 max_overflow=-1)
        writers = _sqlite_engine(url, query_only=False, pool_size=1, max_overflow=0)
        return readers, writers
    engine = _server_engine(url)
    return engine, engine


def _create_engine(url: sa.URL, **options) -> sa.Engine:
    engine = sa.create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        # Nothing is left open when a connection goes back, so nothing needs to be rolled back.
        skip_autocommit_rollback=True,
        pool_reset_on_return=None,
        pool_use_lifo=True,
        poolclass=pool.QueuePool,
        # Errors end up in the log, and what is written may be a password.
        hide_parameters=True,
        **options,
    )
    event.listen(engine, "handle_error", _translate, retval=True)
    return engine


def _sqlite_engine(url: sa.URL, query_only: bool, **options) -> sa.Engine:
    engine = _create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": SQLITE_BUSY_TIMEOUT,
                      "cached_statements": 256},
        **options,
    )
    synchronous = "NORMAL" if CONF.database.sqlite_synchronous else "OFF"

    @event.listens_for(engine, "connect")
    def set_pragmas(connection, record):
        # A file in WAL mode stays so, and to ask is cheaper than to set. NORMAL keeps the order of
        # what is written; that a commit is on the disk is what embedded.Disk waits for.
        execute = connection.execute
        if execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            execute("PRAGMA journal_mode = WAL")
        execute(f"PRAGMA synchronous = {synchronous}")
        execute("PRAGMA foreign_keys = ON")
        execute("PRAGMA temp_store = MEMORY")
        execute("PRAGMA cache_size = -8192")
        if query_only:
            execute("PRAGMA query_only = ON")
        else:
            # SQLite waits inside C, where no green thread can run. Only BEGIN IMMEDIATE can find
            # the file locked on this connection, and begin() does that waiting itself.
            execute("PRAGMA busy_timeout = 0")

    return engine


def _server_engine(url: sa.URL) -> sa.Engine:
    conf = CONF.database
    if url.get_backend_name() == "mysql":
        connect_args = {
            "charset": "utf8mb4",
            "autocommit": True,
            "sql_mode": "TRADITIONAL",
            "init_command": "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
        }
    else:
        connect_args = {"application_name": "minova"}
        _make_psycopg2_cooperative()
    return _create_engine(
        url,
        connect_args=connect_args,
        pool_size=conf.max_pool_size,
        max_overflow=conf.max_overflow,
        pool_timeout=conf.pool_timeout,
        pool_recycle=conf.connection_recycle_time,
    )


def _make_psycopg2_cooperative() -> None:
    """Let psycopg2 wait by select() where select() has been replaced by one that yields.

    libpq waits inside C. A green thread that waits there for a row lock stops the one that holds
    it, and the process with it.
    """
    if isinstance(select.select, types.BuiltinFunctionType):
        return
    from psycopg2 import extensions

    def wait(connection):
        while True:
            state = connection.poll()
            if state == extensions.POLL_OK:
                return
            if state == extensions.POLL_READ:
                select.select([connection.fileno()], [], [])
            else:
                select.select([], [connection.fileno()], [])

    extensions.set_wait_callback(wait)


def _translate(context):
    """Turn a driver's error into oslo.db's exception, and what oslo.db leaves alone too."""
    original = context.original_exception
    # What a driver does not even send can only come from a client.
    if context.dialect.name == "postgresql" and isinstance(original, ValueError) and "NUL" in str(original):
        return exception.InvalidInput(reason="there is a NUL character in it")
    if context.dialect.name == "sqlite" and isinstance(original, OverflowError):
        return exception.InvalidInput(reason="there is a number in it that no database holds")
    if context.dialect.name == "sqlite" and "is locked" in str(original):
        return db_exc.DBDeadlock(original)
    if getattr(original, "pgcode", None) in _PG_CONFLICTS:
        return db_exc.DBDeadlock(original)
    try:
        return exc_filters.handler(context)
    except sa.exc.OperationalError as error:
        if context.connection is None:
            return db_exc.DBConnectionError(error)
        raise


def is_aborted(connection: sa.Connection) -> bool:
    """Whether the open transaction has failed, so that COMMIT would silently roll it back.

    Only PostgreSQL does so; psycopg2 knows without asking the server.
    """
    if connection.dialect.name != "postgresql":
        return False
    from psycopg2 import extensions

    status = connection.connection.dbapi_connection.info.transaction_status
    return status == extensions.TRANSACTION_STATUS_INERROR


def begin(connection: sa.Connection) -> None:
    """Begin a transaction; with SQLite nobody else can write then.

    Raises DBDeadlock when somebody else goes on writing for SQLITE_BUSY_TIMEOUT.
    """
    if connection.dialect.name != "sqlite":
        isolation = "" if connection.dialect.name == "mysql" else " ISOLATION LEVEL READ COMMITTED"
        connection.exec_driver_sql("BEGIN" + isolation)
        return
    # Another process may hold the file; wait in sleep(), which yields, not in SQLite.
    deadline = time.monotonic() + SQLITE_BUSY_TIMEOUT
    longest = 0.001
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        except db_exc.DBDeadlock:
            if time.monotonic() > deadline:
                raise
        time.sleep(random.uniform(0, longest))
        longest = min(longest * 2, 0.02)


def rollback(connection: sa.Connection) -> None:
    """Roll back, or close a connection that cannot."""
    if connection.invalidated:
        return
    try:
        connection.exec_driver_sql("ROLLBACK")
    except Exception:
        # The exception on its way out says more; a closed connection has no open transaction.
        LOG.debug("A connection that cannot roll back is closed", exc_info=True)
        connection.invalidate()
