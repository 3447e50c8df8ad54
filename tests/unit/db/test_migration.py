import os
import subprocess
import sys

import pytest
import sqlalchemy as sa
from alembic import autogenerate, config, migration, script

from minova import exception
from minova.db import engine, tables
from minova.db import migration as db_migration


@pytest.fixture
def new_file(tmp_path):
    path = tmp_path / "state" / "minova.sqlite"
    engine.configure(f"sqlite:///{path}")
    yield path
    engine.configure(None)


def differences():
    with engine.writer() as conn:
        found = migration.MigrationContext.configure(conn, opts={"compare_type": True})
        return autogenerate.compare_metadata(found, tables.metadata)


def dump(path):
    """The whole schema and what is in it, as SQLite tells it."""
    with engine.writer() as conn:
        schema = conn.exec_driver_sql(
            "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").all()
        flavors = conn.exec_driver_sql("SELECT flavorid, name, memory_mb FROM flavors").all()
    return [(*row[:3], " ".join((row[3] or "").split())) for row in schema], flavors


def test_migrations_make_what_the_tables_say(database):
    if engine.is_embedded():
        path = engine.url().database
        engine.dispose()
        os.unlink(path)
        db_migration.sync()
    assert differences() == []


def test_a_difference_would_be_seen(database):
    with engine.writer() as conn:
        conn.exec_driver_sql("ALTER TABLE agent_builds ADD COLUMN extra INTEGER")
        index = "DROP INDEX ix_work_items_not_before"
        conn.exec_driver_sql(index + (" ON work_items" if engine.dialect_name() == "mysql" else ""))
    try:
        assert {step[0] for step in differences()} == {"remove_column", "add_index"}
    finally:
        with engine.writer() as conn:
            conn.exec_driver_sql("ALTER TABLE agent_builds DROP COLUMN extra")
            conn.exec_driver_sql("CREATE INDEX ix_work_items_not_before ON work_items (not_before)")


def test_head_is_the_newest_step():
    settings = config.Config()
    settings.set_main_option("script_location", "minova:db/migrations")
    assert script.ScriptDirectory.from_config(settings).get_heads() == [db_migration.HEAD]


def test_short_way_makes_what_the_migrations_make(tmp_path):
    dumps = []
    for make in (db_migration.ensure_ready, db_migration.sync):
        path = tmp_path / f"{make.__name__}.sqlite"
        engine.configure(f"sqlite:///{path}")
        make()
        assert db_migration.version() == db_migration.HEAD
        dumps.append(dump(path))
    engine.configure(None)
    assert dumps[0] == dumps[1]
    assert len(dumps[0][1]) == 5


def test_new_embedded_database(new_file):
    db_migration.ensure_ready()
    assert db_migration.version() == db_migration.HEAD
    assert new_file.stat().st_mode & 0o077 == 0
    with engine.count_statements() as sent:
        db_migration.ensure_ready()
    assert sent.count == 1
    db_migration.sync()
    assert len(dump(new_file)[1]) == 5


def test_deleted_flavors_do_not_come_back(new_file):
    db_migration.ensure_ready()
    with engine.writer() as conn:
        conn.execute(tables.flavors.delete())
    engine.dispose()
    db_migration.ensure_ready()
    db_migration.sync()
    assert dump(new_file)[1] == []


def test_file_of_another_program_is_left_alone(new_file):
    new_file.parent.mkdir()
    with engine.writer() as conn:
        conn.exec_driver_sql("CREATE TABLE other (x)")
    with pytest.raises(exception.DatabaseNotReady, match="another program"):
        db_migration.ensure_ready()
    with engine.reader() as conn:
        assert conn.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all() == ["other"]


def test_database_of_a_newer_minova_is_left_alone(new_file):
    db_migration.ensure_ready()
    with engine.writer() as conn:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(exception.DatabaseNotReady, match="9999"):
        db_migration.ensure_ready()


def test_start_does_without_alembic(tmp_path):
    code = ("import sys; from minova.db import engine, migration; engine.configure(sys.argv[1]);"
            "migration.ensure_ready(); engine.dispose(); migration.ensure_ready();"
            "sys.exit('alembic' in sys.modules)")
    subprocess.run([sys.executable, "-c", code, f"sqlite:///{tmp_path}/x.sqlite"], check=True)


def test_many_processes_start_at_once(tmp_path):
    url = f"sqlite:///{tmp_path}/state/x.sqlite"
    code = ("import sys; from minova.db import engine, migration; engine.configure(sys.argv[1]);"
            "sys.stdin.read(1); migration.ensure_ready(); print(migration.version())")
    processes = [subprocess.Popen([sys.executable, "-c", code, url], text=True,
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                 for _ in range(5)]
    for process in processes:
        process.stdin.write("x")
        process.stdin.flush()
    assert [process.communicate()[0].strip() for process in processes] == [db_migration.HEAD] * 5


def test_server_without_schema_is_not_ready(database):
    if engine.is_embedded():
        pytest.skip("makes its schema itself")
    with engine.writer() as conn:
        conn.exec_driver_sql("ALTER TABLE alembic_version RENAME TO hidden")
    try:
        with pytest.raises(exception.DatabaseNotReady, match="minova-manage db sync"):
            db_migration.ensure_ready()
    finally:
        with engine.writer() as conn:
            conn.exec_driver_sql("ALTER TABLE hidden RENAME TO alembic_version")
    db_migration.ensure_ready()


@pytest.mark.parametrize("url", [
    "postgresql://minova:secret@127.0.0.1:9/minova",
    "mysql+pymysql://minova:secret@127.0.0.1:9/minova",
])
def test_server_that_does_not_answer_is_not_ready(url):
    engine.configure(url)
    try:
        with pytest.raises(exception.DatabaseNotReady, match="cannot be reached") as caught:
            db_migration.ensure_ready()
        assert "secret" not in str(caught.value)
    finally:
        engine.configure(None)


def test_unknown_version(new_file):
    with pytest.raises(exception.DatabaseNotReady, match="0815"):
        db_migration.sync("0815")
    with engine.reader() as conn:
        assert not sa.inspect(conn).get_table_names()
