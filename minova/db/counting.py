"""Counting SQL statements, for tests that hold a request to what it may cost."""

import contextlib
import threading
from collections.abc import Iterator

from sqlalchemy import Engine, event

_NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")


class Statements:
    """What was sent: `statements`, the SQL texts in order, and `count`, their number."""

    def __init__(self):
        self.statements: list[str] = []

    @property
    def count(self) -> int:
        return len(self.statements)


@contextlib.contextmanager
def count_statements() -> Iterator[Statements]:
    """Record every statement this process sends, from whichever thread but the periodic ones.

    BEGIN, COMMIT, ROLLBACK and PRAGMA are not counted, nor is anything on a connection that was
    checked out before.
    """
    seen = Statements()

    def record(connection, cursor, statement, parameters, context, executemany):
        if threading.current_thread().name.startswith("periodic-"):
            return
        if not statement.lstrip().upper().startswith(_NOT_COUNTED):
            seen.statements.append(statement)

    event.listen(Engine, "before_cursor_execute", record)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", record)
