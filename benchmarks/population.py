"""Fills the database of a benchmark, through minova.db."""

import datetime
import pathlib
import uuid

import sqlalchemy as sa

from minova.db import connect, engine, migration
from minova.db import tables as t

IMAGE = "5c7d2f0a-8b5e-4d53-9a55-3a3b0b7f4c11"
FIXTURES = f"""\
images:
  - id: {IMAGE}
    name: cirros
    size: 13287936
"""
_CHUNK = 5000


def prepare(state: pathlib.Path, url: str | None) -> tuple[str, callable]:
    """A new, migrated database; (its URL, a function that removes it).

    `url` is that of a database server, without a database; None: SQLite below `state`.
    """
    (state / "fixtures.yaml").write_text(FIXTURES)
    if url is None:
        chosen = f"sqlite:///{state}/minova.sqlite"
        engine.configure(chosen)
        migration.ensure_ready()
        return chosen, engine.dispose
    server = connect.parse_url(url)
    name = f"minova_bench_{uuid.uuid4().hex[:12]}"
    default = "postgres" if server.get_backend_name() == "postgresql" else "mysql"
    admin = sa.create_engine(server.set(database=default), poolclass=sa.NullPool,
                             isolation_level="AUTOCOMMIT")

    def execute(statement: str) -> None:
        with admin.connect() as conn:
            conn.exec_driver_sql(statement)

    def remove() -> None:
        engine.dispose()
        execute(f"DROP DATABASE {name}")

    execute(f"CREATE DATABASE {name}")
    chosen = server.set(database=name).render_as_string(hide_password=False)
    engine.configure(chosen)
    migration.sync()
    return chosen, remove


def multiply(count: int, project_id: str) -> str:
    """Copies of the newest server, until `project_id` has `count`; the id of the one in the middle.

    They are a second apart. What hangs on a server in other tables is not copied: lists do not show
    it.
    """
    c = t.instances.c
    with engine.writer() as conn:
        pattern = dict(conn.execute(
            sa.select(t.instances).order_by(c.id.desc()).limit(1)).mappings().one())
        there = conn.execute(sa.select(sa.func.count()).where(
            c.project_id == project_id, c.deleted == 0)).scalar_one()
        del pattern["id"]
        made = []
        for start in range(there, count, _CHUNK):
            rows = [pattern | {
                "uuid": str(uuid.uuid4()), "project_id": project_id, "display_name": f"server-{i}",
                "hostname": f"server-{i}",
                "created_at": pattern["created_at"] - datetime.timedelta(seconds=count - i)}
                for i in range(start, min(start + _CHUNK, count))]
            conn.execute(t.instances.insert(), rows)
            made += [row["uuid"] for row in rows]
    return made[len(made) // 2]


def named(name: str) -> list[str]:
    """The ids of the living servers of that name."""
    c = t.instances.c
    with engine.reader() as conn:
        return list(conn.execute(sa.select(c.uuid).where(
            c.display_name == name, c.deleted == 0)).scalars())


def open_work() -> int:
    """How much accepted work is still to be done."""
    with engine.reader() as conn:
        return conn.execute(sa.select(sa.func.count()).select_from(t.work_items)).scalar_one()
