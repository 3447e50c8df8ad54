import os
import threading

import pytest
import sqlalchemy as sa
from oslo_db import exception as db_exc

from minova import exception
from minova.conf import CONF
from minova.db import connect, embedded, engine
from minova.db import tables as t


def insert(conn, name="web", **values):
    conn.execute(t.key_pairs.insert().values(user_id="u", name=name, **values))


def names():
    statement = sa.select(t.key_pairs.c.name).order_by(t.key_pairs.c.id)
    with engine.reader() as conn:
        return conn.execute(statement).scalars().all()


def write_one():
    with engine.writer() as conn:
        insert(conn)


def test_writer_commits(database):
    with engine.writer() as conn:
        insert(conn)
    engine.dispose()
    assert names() == ["web"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_writer_rolls_back_on_any_exception(database, error):
    with pytest.raises(error):
        with engine.writer() as conn:
            insert(conn)
            raise error
    assert names() == []
    with engine.writer() as conn:
        insert(conn)
    assert names() == ["web"]


def test_inner_writer_and_reader_join_the_outer_transaction(database):
    with pytest.raises(ValueError):
        with engine.writer() as outer:
            with engine.writer() as inner:
                insert(inner)
            with engine.reader() as seen:
                assert seen is outer is inner
                assert seen.execute(sa.select(t.key_pairs.c.name)).scalars().all() == ["web"]
            assert engine.in_transaction()
            raise ValueError
    assert not engine.in_transaction()
    assert names() == []


def test_failed_inner_part_dooms_the_transaction(database):
    with pytest.raises(engine.TransactionAborted):
        with engine.writer() as conn:
            insert(conn)
            try:
                with engine.writer():
                    raise ValueError
            except ValueError:
                pass
    assert names() == []


def test_swallowed_statement_error_is_not_taken_for_a_commit(database):
    def swallow():
        with engine.writer() as conn:
            insert(conn, "new")
            try:
                insert(conn, "web")
            except db_exc.DBDuplicateEntry:
                pass

    with engine.writer() as conn:
        insert(conn)
    if engine.dialect_name() == "postgresql":
        with pytest.raises(engine.TransactionAborted):
            swallow()
        assert names() == ["web"]
    else:
        swallow()
        assert names() == ["web", "new"]


def test_other_threads_do_not_see_the_transaction(database):
    seen = []

    def look():
        seen.append(engine.in_transaction())
        seen.append(names())

    with engine.writer() as conn:
        insert(conn)
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert seen == [False, []]


def test_reader_sees_each_commit(database):
    with engine.reader() as conn:
        count = sa.select(sa.func.count()).select_from(t.key_pairs)
        assert conn.execute(count).scalar() == 0
        thread = threading.Thread(target=write_one)
        thread.start()
        thread.join()
        assert conn.execute(count).scalar() == 1


def test_readers_of_the_embedded_database_cannot_write(embedded_database):
    with pytest.raises(sa.exc.OperationalError, match="readonly"):
        with engine.reader() as conn:
            insert(conn)


def test_duplicate_entry_names_the_columns(database):
    with engine.writer() as conn:
        insert(conn)
    with pytest.raises(db_exc.DBDuplicateEntry) as caught:
        with engine.writer() as conn:
            insert(conn)
    assert caught.value.columns == ["user_id", "name"]


def test_statements_cost_nothing_but_themselves(database):
    with engine.reader() as conn:
        conn.execute(sa.select(sa.func.count()).select_from(t.flavors))
    received = statements_received()
    with engine.count_statements() as sent:
        names()
        names()
    assert sent.count == 2
    assert "FROM key_pairs" in sent.statements[0]
    with engine.count_statements() as sent:
        with engine.writer() as conn:
            insert(conn)
    assert sent.count == 1
    names()
    assert sent.count == 1
    if received is not None:
        # Three reads, BEGIN, INSERT, COMMIT, and this question itself.
        assert statements_received() - received == 7


def statements_received():
    """How many statements MariaDB has had from this session: the only server that tells."""
    if engine.dialect_name() != "mysql":
        return None
    with engine.reader() as conn:
        return int(conn.exec_driver_sql("SHOW SESSION STATUS LIKE 'Questions'").one()[1])


def test_count_statements_hears_other_threads(database):
    with engine.count_statements() as sent:
        thread = threading.Thread(target=names)
        thread.start()
        thread.join()
    assert sent.count == 1


def test_transactions_are_read_committed(database):
    with engine.writer() as conn:
        level = {
            "sqlite": None,
            "postgresql": "SHOW transaction_isolation",
            "mysql": "SELECT @@tx_isolation",
        }[engine.dialect_name()]
        if level:
            found = conn.exec_driver_sql(level).scalar()
            assert found.lower().replace("-", " ") == "read committed"
        else:
            assert conn.connection.dbapi_connection.in_transaction


@pytest.fixture
def synchronous():
    """As by default; the tests before may have switched it off, for speed."""
    before = CONF.database.sqlite_synchronous
    CONF.set_override("sqlite_synchronous", True, "database")
    yield
    CONF.set_override("sqlite_synchronous", before, "database")


def test_embedded_database_survives_loss_of_power(tmp_path, synchronous):
    engine.configure(f"sqlite:///{tmp_path}/x.sqlite")
    for open_connection in (engine.reader, engine.writer):
        with open_connection() as conn:
            def pragma(name, conn=conn):
                return conn.exec_driver_sql(f"PRAGMA {name}").scalar()
            assert (pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys")) == (
                "wal", 1, 1)
    engine.configure(None)


def test_a_transaction_waits_for_the_disk_before_anything_follows_from_it(
        tmp_path, synchronous, monkeypatch):
    engine.configure(f"sqlite:///{tmp_path}/x.sqlite")
    events = []
    monkeypatch.setattr(embedded, "_sync", lambda number: events.append(
        os.readlink(f"/proc/self/fd/{number}")))

    def write():
        with engine.writer() as conn:
            conn.exec_driver_sql("CREATE TABLE IF NOT EXISTS x (y INTEGER)")
            engine.after_commit(lambda: events.append("after"))

    write()
    assert events == [f"{tmp_path}/x.sqlite-wal", "after"]
    events.clear()
    with engine.background():       # what is to be done is on the disk already
        write()
    assert events == ["after"]
    engine.configure(None)


def test_connections_are_kept_and_failed_ones_are_not(tmp_path):
    engine.configure(f"sqlite:///{tmp_path}/x.sqlite")
    with engine.reader() as first:
        first.exec_driver_sql("SELECT 1")
    with engine.reader() as second, engine.reader() as other:
        assert second is first and other is not first
    with pytest.raises(RuntimeError), engine.reader() as third:
        raise RuntimeError
    assert third.closed
    with engine.reader() as last:
        engine.configure(None)
    assert last.closed


def test_after_commit_runs_once_all_is_saved(database):
    seen = []
    with engine.writer() as conn:
        with engine.writer():
            engine.after_commit(lambda: seen.append((engine.in_transaction(), names())))
        insert(conn)
        assert seen == []
    assert seen == [(False, ["web"])]
    with pytest.raises(ValueError):
        with engine.writer():
            engine.after_commit(lambda: seen.append("never"))
            raise ValueError
    assert len(seen) == 1
    with pytest.raises(LookupError):
        engine.after_commit(seen.clear)


def test_retry_runs_again_after_a_conflict(database):
    runs = []

    @engine.retry_on_conflict
    def work(value, *, key):
        runs.append((value, key))
        with engine.writer() as conn:
            insert(conn, f"run{len(runs)}")
            if len(runs) < 3:
                raise db_exc.DBDeadlock
        return "done"

    assert work(1, key=2) == "done"
    assert runs == [(1, 2)] * 3
    assert names() == ["run3"]


def test_retry_leaves_it_to_the_outer_transaction(database):
    runs = []

    @engine.retry_on_conflict
    def work():
        runs.append(1)
        raise db_exc.DBDeadlock

    with pytest.raises(db_exc.DBDeadlock):
        with engine.writer():
            work()
    assert runs == [1]


def test_retry_lets_other_errors_pass(database):
    runs = []

    @engine.retry_on_conflict
    def work():
        runs.append(1)
        with engine.writer() as conn:
            insert(conn)

    work()
    with pytest.raises(db_exc.DBDuplicateEntry):
        work()
    assert len(runs) == 2


def test_deadlock_is_resolved(database):
    with engine.writer() as conn:
        insert(conn, "a")
        insert(conn, "b")
    both_hold_one = threading.Barrier(2, timeout=20)
    runs, changed = [], t.key_pairs.update()

    @engine.retry_on_conflict
    def change(first, second):
        runs.append(first)
        with engine.writer() as conn:
            conn.execute(changed.where(t.key_pairs.c.name == first).values(fingerprint=first))
            if len(runs) <= 2 and not engine.is_embedded():
                both_hold_one.wait()
            conn.execute(changed.where(t.key_pairs.c.name == second).values(fingerprint=first))

    threads = [threading.Thread(target=change, args=order) for order in ("ab", "ba")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.reader() as conn:
        left = conn.execute(sa.select(t.key_pairs.c.fingerprint)).scalars().all()
    # Both went through, one after the other; where they could meet, one had to begin again.
    assert left in (["a", "a"], ["b", "b"])
    assert len(runs) == (2 if engine.is_embedded() else 3)


def test_lost_connection_is_replaced_on_retry(database):
    if engine.is_embedded():
        pytest.skip("a file is never lost")
    with engine.reader() as conn:
        if engine.dialect_name() == "mysql":
            lost = conn.connection.dbapi_connection.thread_id()
            kill = f"KILL {lost}"
        else:
            lost = conn.connection.dbapi_connection.info.backend_pid
            kill = f"SELECT pg_terminate_backend({lost})"
    admin = connect.create_engines(engine.url())[0]
    with admin.connect() as conn:
        conn.exec_driver_sql(kill)
    admin.dispose()
    assert engine.retry_on_conflict(names)() == []
    with engine.writer() as conn:
        insert(conn)
    assert names() == ["web"]


def test_forked_child_opens_its_own_connections(database):
    with engine.writer() as conn:
        insert(conn, "parent")
        child = os.fork()
        if child == 0:
            status = 1
            try:
                if not engine.in_transaction() and names() == []:
                    status = 0
            finally:
                os._exit(status)
        assert os.waitpid(child, 0)[1] == 0
    assert names() == ["parent"]


@pytest.mark.parametrize("url", [
    "sqlite://", "oracle://x/y", "nonsense", "postgresql://u:sec:ret@h:sec@ret/x",
    "mysql://u:secret@secret@h/x", "postgresql://u:secret@[::1/x"])
def test_impossible_urls_are_refused(url):
    with pytest.raises(ValueError) as refused:
        engine.configure(url)
    # None of it is told: what makes it impossible may be the password.
    assert "sec" not in str(refused.value) and refused.value.__cause__ is None


def test_unset_connection_means_a_file_below_state_path(tmp_path, monkeypatch):
    before = CONF.state_path
    monkeypatch.setitem(os.environ, "HOME", str(tmp_path))
    CONF.set_override("state_path", str(tmp_path))
    try:
        engine.configure(None)
        assert engine.is_embedded()
        assert engine.url().database == str(tmp_path / "minova.sqlite")
    finally:
        CONF.set_override("state_path", before)
        engine.configure(None)


def test_password_is_not_shown():
    engine.configure("postgresql://minova:secret@127.0.0.1/minova")
    try:
        assert "secret" not in str(engine.url())
        assert engine.dialect_name() == "postgresql"
    finally:
        engine.configure(None)


@pytest.mark.parametrize("odd, refusing", [("a\0b", "postgresql"), (10 ** 40, "sqlite")])
def test_what_a_driver_does_not_send_is_the_clients_mistake(database, odd, refusing):
    column = t.flavors.c.flavorid if isinstance(odd, str) else t.flavors.c.memory_mb
    with engine.reader() as conn:
        if engine.dialect_name() == refusing:
            with pytest.raises(exception.InvalidInput):
                conn.execute(sa.select(t.flavors).where(column == odd)).all()
        else:
            assert conn.execute(sa.select(t.flavors).where(column == odd)).all() == []
