"""Connections that stay open, and stay as SQLAlchemy's objects, between their uses.

To take a connection from SQLAlchemy's pool and give it back costs as much as a short query. In autocommit
mode nothing is left behind on a connection, so here it is handed from one user to the next as it is. Those
that the pool should bound must not be kept: whoever waits for the pool is not woken from here.
"""

import collections

import sqlalchemy as sa


class KeptConnections:
    """Connections of `engine`, of which at most `limit` are kept while nobody uses them."""

    def __init__(self, engine: sa.Engine, limit: int):
        self._engine = engine
        self._limit = limit
        self._idle: collections.deque[sa.Connection] = collections.deque()
        self._disposed = False

    def connect(self) -> '_Lent':
        """A context manager whose value is a connection; the one that was used last, if there is one."""
        return _Lent(self)

    def take(self) -> sa.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return self._engine.connect()

    def give_back(self, connection: sa.Connection, failed: bool) -> None:
        """`failed`: an exception came out of its use, so that it is not worth being trusted."""
        if failed or self._disposed or connection.invalidated or len(self._idle) >= self._limit:
            connection.close()
        else:
            self._idle.append(connection)

    def dispose(self) -> None:
        """Close what nobody uses; what is in use is closed when it is given back."""
        self._disposed = True
        while self._idle:
            self._idle.pop().close()
        self._engine.dispose()


class _Lent:

    __slots__ = ('_kept', '_connection')

    def __init__(self, kept: KeptConnections):
        self._kept = kept

    def __enter__(self) -> sa.Connection:
        self._connection = self._kept.take()
        return self._connection

    def __exit__(self, exc_type, exc, traceback) -> None:
        self._kept.give_back(self._connection, exc_type is not None)
