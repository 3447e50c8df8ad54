"""Fixtures that give a test a clean database, as it is after `minova-manage db sync`.

    from minova.testing.databases import *   # noqa: F403 - in the folder's conftest.py

`database` runs the test once per kind of database; `minova_database`, which needs no import, is on
SQLite alone. Both bind `minova.db.engine`. PostgreSQL and MariaDB are looked for on the loopback
address, or where MINOVA_TEST_PG and MINOVA_TEST_MYSQL (URLs of a server, without a database) say;
tests on one that cannot be reached are skipped.
"""

import os
import uuid
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from minova.db import connect, engine, migration
from minova.db import tables as t

__all__ = ("database", "database_servers")

SERVERS = {
    "postgresql": ("MINOVA_TEST_PG", "postgresql://postgres@127.0.0.1:5432", "postgres"),
    "mariadb": ("MINOVA_TEST_MYSQL", "mysql+pymysql://root@127.0.0.1:3306", "mysql"),
}


class Server:
    """One database of our own on a server, migrated once and emptied before each test."""

    def __init__(self, kind: str):
        variable, default, existing = SERVERS[kind]
        server = connect.parse_url(os.environ.get(variable) or default)
        self.name = f"minova_test_{uuid.uuid4().hex[:12]}"
        self.url = server.set(database=self.name).render_as_string(hide_password=False)
        self._admin = sa.create_engine(server.set(database=existing), poolclass=sa.NullPool,
                                       isolation_level="AUTOCOMMIT")
        self._execute(f"CREATE DATABASE {self.name}")
        engine.configure(self.url)
        migration.sync()

    def _execute(self, statement: str) -> None:
        with self._admin.connect() as conn:
            conn.exec_driver_sql(statement)

    def clear(self) -> None:
        engine.configure(self.url)
        tables = t.metadata.sorted_tables
        filled = sa.union_all(*(
            sa.select(sa.literal(table.name)).where(sa.exists(sa.select(table.c.id)))
            for table in tables))
        with engine.writer() as conn:
            names = conn.execute(filled).scalars().all()
            for table in reversed([table for table in tables if table.name in names]):
                conn.execute(table.delete())
                if engine.dialect_name() == "mysql":
                    conn.exec_driver_sql(f"ALTER TABLE {table.name} AUTO_INCREMENT = 1")
                elif isinstance(table.c.id.type, sa.Integer):
                    conn.exec_driver_sql(f"ALTER SEQUENCE {table.name}_id_seq RESTART")
            migration.seed_defaults(conn)

    def drop(self) -> None:
        engine.dispose()
        self._execute(f"DROP DATABASE {self.name}")


class Servers:
    """The databases on servers that this session has made so far."""

    def __init__(self):
        self._made: dict[str, Server | str] = {}

    def clean(self, kind: str) -> str:
        """The URL of a clean database on a server of `kind`. Skips the test when there is none."""
        if kind not in self._made:
            try:
                self._made[kind] = Server(kind)
            except sa.exc.OperationalError as error:
                self._made[kind] = f"{kind} cannot be reached: {error.orig}"
        server = self._made[kind]
        if isinstance(server, str):
            pytest.skip(server)
        server.clear()
        return server.url

    def drop(self) -> None:
        for server in self._made.values():
            if isinstance(server, Server):
                server.drop()


@pytest.fixture(scope="session")
def database_servers() -> Iterator[Servers]:
    servers = Servers()
    yield servers
    servers.drop()


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """A clean database of each kind in turn, to which `engine` is bound. Its URL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("minova_database")
        return
    yield request.getfixturevalue("database_servers").clean(request.param)
    engine.configure(None)
