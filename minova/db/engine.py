"""The process's database: `reader()` for queries, `writer()` for transactions.

    with engine.reader() as conn:
        row = conn.execute(sa.select(t.flavors).where(t.flavors.c.flavorid == "1")).first()

    @engine.retry_on_conflict
    def rename(instance_uuid, name):
        with engine.writer() as conn:
            conn.execute(t.instances.update().where(...).values(display_name=name))

A process is bound to one database, by `configure()` or at first use to [database]connection. The
binding is made after the service has monkey-patched: its locks must be of the patched kind.
"""

import contextlib
import contextvars
import functools
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from typing import ParamSpec, TypeVar

import sqlalchemy as sa
from oslo_db import api as db_api

from minova import lives
from minova.conf import CONF
from minova.db import connect, embedded, kept
from minova.db.counting import count_statements
from minova.db.query import compare_and_swap, insert_ignore

__all__ = (
    "TransactionAborted", "after_commit", "alone", "background", "binding", "bound",
    "call_blocking_by",
    "compare_and_swap", "configure", "configured_url", "count_statements",
    "dialect_name", "dispose", "in_transaction", "insert_ignore", "is_embedded", "reader",
    "retry_on_conflict", "url", "writer",
)

P = ParamSpec("P")
R = TypeVar("R")
LOG = logging.getLogger(__name__)


class TransactionAborted(Exception):
    """A transaction was to be committed although one of its statements or parts had failed."""


class _Database:
    def __init__(self, url: str):
        self.url = connect.parse_url(url)
        self.readers, self.writers = connect.create_engines(self.url)
        self.dialect_name = self.url.get_backend_name()
        self.embedded = self.dialect_name == "sqlite"
        self.lock = contextlib.nullcontext()
        self.disk = None
        if self.embedded:
            if CONF.database.sqlite_synchronous:
                self.disk = embedded.Disk(f"{self.url.database}-wal")
            self.lock = embedded.Turns(
                _gives_way.get, self.disk.is_awaited if self.disk else lambda: False)
            # The pool bounds nothing here.
            self.readers = kept.KeptConnections(self.readers, CONF.database.max_pool_size)
            self.writers = kept.KeptConnections(self.writers, 1)

    def is_durable(self) -> None:
        """Return when what this thread has committed survives a loss of power, too."""
        if self.disk is not None and not _in_background.get():
            self.disk.wait(_call_blocking)


class _Transaction:
    def __init__(self, connection: sa.Connection):
        self.connection = connection
        self.doomed = False
        self.after_commit: list[Callable[[], None]] = []


_chosen_url: str | None = None
_bound: dict[str, _Database] = {}
_inherited: list[_Database] = []
_transaction: contextvars.ContextVar[_Transaction | None] = contextvars.ContextVar(
    "minova_transaction", default=None)
_in_background: contextvars.ContextVar[bool] = contextvars.ContextVar(
    "minova_in_background", default=False)
_gives_way: contextvars.ContextVar[bool] = contextvars.ContextVar("minova_gives_way", default=False)
_call_blocking: embedded.Caller = embedded.call_here


def configure(url: str | None = None) -> None:
    """Bind the process to the database at `url`; None: to what the configuration names.

    Connections to the database before are closed. Raises ValueError for an impossible URL.
    """
    global _chosen_url
    if url is not None:
        connect.parse_url(url)
    dispose()
    _chosen_url = url


def call_blocking_by(caller: embedded.Caller) -> None:
    """Have `caller` call what waits for the disk: where threads are green, in one that is not."""
    global _call_blocking
    _call_blocking = caller


@contextlib.contextmanager
def background(is_awaited: bool = False) -> Iterator[None]:
    """What this thread does meanwhile is work that was accepted before.

    With the embedded database its transactions do not wait for the disk: a loss of power may take back the
    last of them, but not the row that says what is still to be done. And they come after those of requests,
    unless `is_awaited` says that a request waits for this work all the same.
    """
    tokens = _in_background.set(True), _gives_way.set(not is_awaited)
    try:
        yield
    finally:
        _in_background.reset(tokens[0])
        _gives_way.reset(tokens[1])


@contextlib.contextmanager
def bound(url: str) -> Iterator[None]:
    """Bind the process to the database at `url` for a while; afterwards, to what it was bound to before."""
    before = _chosen_url
    configure(url)
    try:
        yield
    finally:
        configure(before)


def dispose() -> None:
    """Close all idle connections; the next use opens new ones. The binding stays."""
    while _bound:
        _, database = _bound.popitem()
        database.readers.dispose()
        database.writers.dispose()


def _forget_inherited() -> None:
    # A forked child must neither use nor close its parent's connections, so they stay referenced.
    _inherited.extend(_bound.values())
    _bound.clear()
    _transaction.set(None)


os.register_at_fork(after_in_child=_forget_inherited)


def _database() -> _Database:
    try:
        return _bound["it"]
    except KeyError:
        # setdefault: of several threads that come here at once, all go on with the same one.
        return _bound.setdefault("it", _Database(_chosen_url or configured_url()))


def configured_url() -> str:
    """[database]connection, or the URL of the embedded database below state_path."""
    if CONF.database.connection:
        return CONF.database.connection
    path = os.path.join(os.path.abspath(CONF.state_path), "minova.sqlite")
    return sa.URL.create("sqlite", database=path).render_as_string(hide_password=False)


def url() -> sa.URL:
    """The URL of the database in use. Its str() hides the password."""
    return _database().url


def binding() -> object:
    """What stands for the database in use: after `configure` and `dispose` it is another object."""
    return _database()


def dialect_name() -> str:
    """'sqlite', 'postgresql' or 'mysql' (which MariaDB is, too)."""
    return _database().dialect_name


def is_embedded() -> bool:
    """Whether the database is an SQLite file that this service looks after itself."""
    return _database().embedded


def in_transaction() -> bool:
    """Whether the caller is inside a `writer()`."""
    return _transaction.get() is not None


def reader() -> contextlib.AbstractContextManager[sa.Connection]:
    """A connection for queries, each of which sees what is committed when it runs.

    Inside a `writer()` it is the writer's own connection and sees what that has written. Do not
    open a `writer()` inside a `reader()`: it would take a second connection.
    """
    transaction = _transaction.get()
    if transaction is not None:
        return contextlib.nullcontext(transaction.connection)
    return _database().readers.connect()


@contextlib.contextmanager
def writer() -> Iterator[sa.Connection]:
    """A connection in a transaction: committed at the end, rolled back on any exception.

    Inside another `writer()` of the same thread this joins the outer transaction, which cannot be
    committed any more when an exception leaves the inner one. Keep it short and wait for nothing in
    it: with SQLite no other transaction of the process can start meanwhile.

    Raises TransactionAborted when an error inside was caught that has spoilt the transaction,
    CloudWasReset when the caller began before that, and oslo.db's exceptions (DBDuplicateEntry,
    DBDeadlock, DBConnectionError, ...).
    """
    outer = _transaction.get()
    if outer is not None:
        try:
            yield outer.connection
        except BaseException:
            outer.doomed = True
            raise
        return
    database = _database()
    with database.lock, database.writers.connect() as connection:
        lives.check()
        connect.begin(connection)
        transaction = _Transaction(connection)
        token = _transaction.set(transaction)
        try:
            yield connection
            if transaction.doomed or connect.is_aborted(connection):
                raise TransactionAborted("A part of the transaction has failed: nothing is saved.")
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            connect.rollback(connection)
            raise
        finally:
            _transaction.reset(token)
    database.is_durable()
    for action in transaction.after_commit:
        action()


@contextlib.contextmanager
def alone() -> Iterator[sqlite3.Connection]:
    """The connection on which the embedded database is written, without a transaction.

    Nobody else in this process writes meanwhile. For what goes below SQL, as whole copies do.
    """
    database = _database()
    if not database.embedded:
        raise LookupError(f"{database.url} is not an embedded database")
    with database.lock, database.writers.connect() as connection:
        yield connection.connection.dbapi_connection
    database.is_durable()


def after_commit(action: Callable[[], None]) -> None:
    """Call `action` once what the current `writer()` does is committed, and not if it is not.

    It runs outside of any transaction, before the outermost `writer()` returns. Raises LookupError
    outside of a `writer()`.
    """
    transaction = _transaction.get()
    if transaction is None:
        raise LookupError("there is no transaction whose end could be waited for")
    transaction.after_commit.append(action)


def retry_on_conflict(function: Callable[P, R]) -> Callable[P, R]:
    """Run `function` again after a deadlock, a serialization failure or a lost connection.

    For functions that open their own `reader()` or `writer()`. Inside an outer transaction nothing
    is retried: that is for whoever opened it. A connection lost at COMMIT leaves open whether it
    happened, so `function` must be one that may happen twice: a compare-and-swap, an insert under a
    unique key. Waits a random time that grows from 20 ms to 2 s, [database]db_max_retries times.
    """
    retrying: Callable[P, R] | None = None

    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        nonlocal retrying
        if in_transaction():
            return function(*args, **kwargs)
        if retrying is None:
            retrying = db_api.wrap_db_retry(
                retry_interval=0.02, max_retry_interval=2, inc_retry_interval=True, jitter=True,
                max_retries=CONF.database.db_max_retries,
                retry_on_deadlock=True, retry_on_disconnect=True,
            )(function)
        return retrying(*args, **kwargs)

    return wrapper
