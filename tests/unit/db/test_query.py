import datetime
import itertools
import random

import pytest
import sqlalchemy as sa
from oslo_db import exception as db_exc

from minova.db import engine, query
from minova.db import tables as t
from minova.db.types import utcnow

UUID = "6d3a2b1c-0000-4000-8000-%012d"


def add_instances(rows):
    with engine.writer() as conn:
        conn.execute(t.instances.insert(), [
            {"uuid": UUID % number, "user_id": "u", "project_id": "p", **row}
            for number, row in enumerate(rows)])


def get(number=0):
    with engine.reader() as conn:
        statement = sa.select(t.instances).where(t.instances.c.uuid == UUID % number)
        return query.dicts(conn.execute(statement))[0]


@pytest.mark.parametrize("is_now, expected, swaps", [
    (None, None, True),
    ("a", None, False),
    (None, "a", False),
    ("a", "a", True),
    ("a", "A", False),
    ("a", "a ", False),
    ("a", ["a", "b"], True),
    ("c", {"a", "b"}, False),
    (None, ("a", None), True),
    ("a", ("a", None), True),
    (None, [None], True),
    ("a", [None], False),
    (None, ["a"], False),
    ("a", [], False),
])
def test_compare_and_swap(database, is_now, expected, swaps):
    add_instances([{"task_state": is_now}, {"task_state": is_now}])
    with engine.writer() as conn:
        assert engine.compare_and_swap(
            conn, t.instances, {"uuid": UUID % 0}, {"task_state": expected}, {"host": "h"}) is swaps
    assert get()["host"] == ("h" if swaps else None)
    assert get(1)["host"] is None


def test_compare_and_swap_to_the_same_value_counts(database):
    now = utcnow()
    add_instances([{"task_state": "x", "updated_at": now}])
    with engine.writer() as conn:
        assert engine.compare_and_swap(conn, t.instances, {"uuid": UUID % 0}, {"task_state": "x"},
                                       {"task_state": "x", "updated_at": now})


def test_insert_ignore(database):
    row = {"user_id": "u", "name": "web"}
    with engine.writer() as conn:
        assert engine.insert_ignore(conn, t.key_pairs, row | {"fingerprint": "first"})
        assert not engine.insert_ignore(conn, t.key_pairs, row | {"fingerprint": "second"})
        assert engine.insert_ignore(conn, t.key_pairs, row | {"name": "WEB"})
        assert engine.insert_ignore(conn, t.key_pairs, row | {"name": "web "})
    with engine.reader() as conn:
        found = conn.execute(sa.select(t.key_pairs.c.fingerprint).where(
            t.key_pairs.c.name == "web")).scalars().all()
    assert found == ["first"]


def test_insert_ignore_raises_other_errors(database):
    # NULL where none may be: a different class in each database, an error in all.
    with pytest.raises((db_exc.DBError, sa.exc.DBAPIError)):
        with engine.writer() as conn:
            engine.insert_ignore(conn, t.key_pairs, {"user_id": "u", "name": None})


def test_children_go_with_their_parent(database):
    with engine.writer() as conn:
        aggregate = conn.execute(t.aggregates.insert().values(name="a")).inserted_primary_key[0]
        conn.execute(t.aggregate_hosts.insert().values(aggregate_id=aggregate, host="h"))
        conn.execute(t.aggregates.delete())
        assert conn.execute(sa.select(t.aggregate_hosts)).all() == []


def test_child_needs_its_parent(database):
    with pytest.raises(db_exc.DBReferenceError):
        with engine.writer() as conn:
            conn.execute(t.aggregate_hosts.insert().values(aggregate_id=42, host="h"))


def test_ids_are_not_used_again(database):
    def add():
        with engine.writer() as conn:
            return conn.execute(t.aggregates.insert().values(name="a")).inserted_primary_key[0]

    first = add()
    with engine.writer() as conn:
        conn.execute(t.aggregates.delete())
    assert add() > first


def test_values_come_back_as_they_went(database):
    when = datetime.datetime(2015, 10, 15, 12, 0, 0, 123456)
    name = "Z\u00fcrich \U0001f600 '\"\\%"
    data = {"a": [1, None, True], "b": name}
    with engine.writer() as conn:
        conn.execute(t.volumes.insert().values(
            uuid=UUID % 1, size=1, status="available", display_name=name, metadata=data,
            created_at=when))
        conn.execute(t.work_items.insert().values(uuid=UUID % 1, method="m", args="x" * 100000))
    with engine.reader() as conn:
        volume = query.dicts(conn.execute(sa.select(t.volumes)))[0]
        assert conn.execute(sa.select(t.work_items.c.args)).scalar() == "x" * 100000
    assert (volume["display_name"], volume["metadata"], volume["created_at"]) == (name, data, when)
    assert volume["bootable"] is False


def test_times_are_filled_in(database):
    before = utcnow()
    add_instances([{}])
    row = get()
    assert before <= row["created_at"] <= utcnow()
    assert row["updated_at"] is None
    with engine.writer() as conn:
        conn.execute(t.instances.update().values(host="h"))
    assert get()["updated_at"] >= row["created_at"]


@pytest.mark.parametrize("directions", list(itertools.product(["asc", "desc"], repeat=3)))
def test_pages_by_key_cover_everything_once(database, directions):
    some = random.Random(3)
    times = [datetime.datetime(2015, 10, 15, 12, 0, 0, n) for n in range(3)]
    add_instances([{"created_at": some.choice(times), "display_name": some.choice([None, "a", "B"])}
                   for _ in range(30)])
    c = t.instances.c
    keys = list(zip((c.display_name, c.created_at, c.id), directions, strict=True))
    statement = sa.select(t.instances).order_by(*query.order_by(keys, engine.dialect_name()))
    with engine.reader() as conn:
        everything = query.dicts(conn.execute(statement))
        pages, page = [], None
        while page is None or page:
            if page:
                later = statement.where(query.after_marker(keys, page[-1]))
            page = query.dicts(conn.execute((later if pages else statement).limit(7)))
            pages += page
    assert len(everything) == 30
    assert pages == everything
    nulls = [row["display_name"] is None for row in everything]
    assert nulls == sorted(nulls, reverse=directions[0] == "asc")


@pytest.mark.parametrize("where", [
    {"project_id": "p", "deleted": 0},
    {"deleted": 0},
    {"project_id": "p", "deleted": 0, "vm_state": "active"},
])
def test_an_index_serves_the_pages_of_servers(embedded_database, where):
    c = t.instances.c
    keys = [(c.created_at, "desc"), (c.id, "desc")]
    marker = {"created_at": utcnow(), "id": 5}
    statement = sa.select(t.instances).where(
        *(c[name] == value for name, value in where.items()), query.after_marker(keys, marker)
    ).order_by(*query.order_by(keys, "sqlite")).limit(20)
    with engine.reader() as conn:
        text = statement.compile(conn, compile_kwargs={"literal_binds": True})
        plan = " ".join(row[3] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}"))
    equal = " AND ".join(f"{name}=?" for name in where)
    assert f"({equal} AND created_at<?)" in plan
    assert "TEMP B-TREE" not in plan
