"""Fills the database of a benchmark, through minova.db."""

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
# By dialect: a new uuid, and the time so many seconds before that of the row that is copied.
_UUID = {
    "sqlite": "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2)"
              " || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))",
    "postgresql": "gen_random_uuid()::text",
    "mysql": "uuid()",
}
_EARLIER = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', created_at, '-' || :seconds || ' seconds')",
    "postgresql": "created_at - :seconds * interval '1 second'",
    "mysql": "created_at - interval :seconds second",
}


def prepare(state: pathlib.Path, url: str | None) -> tuple[str, callable]:
    """A new, migrated database, to which this process is bound; (its URL, a function that removes it).

    `url` is that of a database server, without a database; None: SQLite below `state`.
    """
    state.mkdir(exist_ok=True)
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
    """Copies of the servers of `project_id`, until it has `count`; the id of the one in the middle.

    They are a second apart, on four hosts; one of twenty is stopped. What hangs on a server in other
    tables is not copied: lists do not show it. The columns are those that the database has, which may be
    that of another version.
    """
    with engine.writer() as conn:
        table = sa.Table("instances", sa.MetaData(), autoload_with=conn)
        c = table.c
        number = sa.select(sa.func.count()).where(c.project_id == project_id, c.deleted == 0)
        while (there := conn.execute(number).scalar_one()) < count:
            copied = {column.name: column for column in c if column.name != "id"}
            index = c.id + there
            copied |= {
                "uuid": sa.text(_UUID[conn.dialect.name]),
                "display_name": sa.literal("server-") + sa.cast(index, sa.String(20)),
                "created_at": sa.text(_EARLIER[conn.dialect.name]).bindparams(seconds=there),
                "host": sa.case(*((index % 4 == rest, f"compute{rest + 1}") for rest in range(3)),
                                else_="compute4"),
                "vm_state": sa.case((index % 20 == 0, "stopped"), else_="active")}
            source = sa.select(*copied.values()).where(
                c.project_id == project_id, c.deleted == 0).order_by(c.id).limit(count - there)
            conn.execute(table.insert().from_select(list(copied), source, include_defaults=False))
        middle = sa.select(c.uuid).where(c.project_id == project_id, c.deleted == 0).order_by(
            c.created_at, c.id).offset(count // 2).limit(1)
        found = conn.execute(middle).scalar_one()
    return found


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
