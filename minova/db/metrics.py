"""Measures SQL statements, when that is configured."""

import time

from sqlalchemy import Engine, event

from minova import metrics

_VERBS = frozenset({'SELECT', 'INSERT', 'UPDATE', 'DELETE'})


def measure() -> None:
    """Begin to measure what this process sends to its database."""
    event.listen(Engine, 'before_cursor_execute', _before)
    event.listen(Engine, 'after_cursor_execute', _after)
    event.listen(Engine, 'handle_error', _error)


def _before(connection, cursor, statement, parameters, context, executemany):
    connection.info['minova_begun'] = time.perf_counter()


def _after(connection, cursor, statement, parameters, context, executemany):
    verb = statement[:6].upper()
    metrics.observe_statement(verb if verb in _VERBS else 'other',
                              time.perf_counter() - connection.info['minova_begun'])


def _error(context):
    metrics.count_db_error(type(context.original_exception).__name__)
