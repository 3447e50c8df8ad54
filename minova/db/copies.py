"""Whole copies of the embedded database, made and put back while it is in use.

SQLite's own backup does both: a copy shows one moment between two transactions, and is put back in one
transaction, so that whoever reads meanwhile sees the database before or after, never in between.
"""

import contextlib
import os
import sqlite3
from collections.abc import Callable

from minova.db import connect, engine

_PAUSE = 0.01           # seconds between two looks whether another process has unlocked the file
_SUFFIX = '.beginning'


def beginning() -> str:
    """Where the copy of the embedded database as it began is kept: beside it."""
    return engine.url().database + _SUFFIX


def has_beginning() -> bool:
    return os.path.exists(beginning())


def keep_beginning() -> None:
    """Remember the database as it is now as how it began."""
    copy(engine.url().database, beginning())


def copy(source: str, target: str) -> None:
    """Write what the database in the file `source` is at this moment to the file `target`.

    `target` is there as a whole or not at all, whenever the process is killed. Whoever works on `source`
    goes on undisturbed.
    """
    temporary = f'{target}.{os.getpid()}.tmp'
    with contextlib.suppress(FileNotFoundError):
        os.unlink(temporary)
    os.close(os.open(temporary, os.O_CREAT | os.O_WRONLY, 0o600))
    try:
        with _opened(source) as old, _opened(temporary) as new:
            old.backup(new, sleep=_PAUSE)
            # One file, without a log of its own beside it.
            new.execute('PRAGMA journal_mode = DELETE')
        _fsync(temporary)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
    _fsync(os.path.dirname(os.path.abspath(target)))


def free_work(path: str) -> None:
    """In the copy at `path`, make accepted work nobody's: who had it lives on with the original."""
    with _opened(path) as connection:
        connection.execute('UPDATE work_items SET owner = NULL, lease_expires_at = NULL')
        connection.commit()


def ids_of_images_with_content(path: str) -> set[str]:
    """The ids of the images in the copy at `path` that say that they have content."""
    with _opened(path) as connection:
        return {row[0] for row in connection.execute(
            'SELECT id FROM images WHERE deleted = 0 AND checksum IS NOT NULL')}


def schema_version(path: str) -> str:
    """The version of the schema of the database in the file. Raises ValueError for another's file."""
    try:
        with _opened(path) as connection:
            return connection.execute('SELECT version_num FROM alembic_version').fetchone()[0]
    except (sqlite3.DatabaseError, TypeError) as error:
        raise ValueError(f'it is not a database of minova ({error})') from error


def put_back(path: str, meanwhile: Callable[[], None]) -> None:
    """Make the embedded database what the copy at `path` is.

    `meanwhile()` is called while it has changed and nobody in this process can write yet.
    """
    with _opened(path) as source, engine.alone() as connection:
        source.backup(connection, sleep=_PAUSE)
        meanwhile()


def _opened(path: str) -> contextlib.closing:
    return contextlib.closing(sqlite3.connect(path, timeout=connect.SQLITE_BUSY_TIMEOUT))


def _fsync(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
