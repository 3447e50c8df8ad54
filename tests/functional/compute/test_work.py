"""The work engine: what is accepted is done once, whoever dies."""

import collections
import datetime
import socket
import subprocess
import threading
import time

import pytest
from oslo_db import exception as db_exc

from minova import exception
from minova.compute import work
from minova.conf import CONF
from minova.db import engine, work_items
from minova.db.types import utcnow
from minova.virt import fake

IMAGE = "70a599e0-31e7-49b7-b260-868f441e862b"


class Manager:
    """Notes what it is asked to do."""

    def __init__(self, fail=None):
        self.done = []
        self.given_up = []
        self._fail = fail

    def record(self, instance_uuid, n):
        self.done.append(n)
        if self._fail:
            self._fail(len(self.done))

    def give_up(self, item, error):
        self.given_up.append((item["args"]["n"], error))


@pytest.fixture(autouse=True)
def background(configured, monkeypatch):
    CONF.set_override("mode", "background", "work")
    monkeypatch.setattr(work, "_POLL_SECONDS", 0.02)
    monkeypatch.setattr(work, "_RETRY_SECONDS", 0.0)
    yield
    CONF.set_override("mode", "inline", "work")


@pytest.fixture
def engines():
    made = []

    def make(manager, owner=None) -> work.Engine:
        made.append(work.Engine(manager))
        if owner:
            made[-1].owner = owner
        return made[-1]

    yield make
    for each in made:
        each.stop()
        if each._poller:
            each._poller.join()


def put(n: int, owner: str | None = None, lease_seconds: float = 3600, **kwargs) -> None:
    with engine.writer() as conn:
        work_items.insert(conn, "record", {"n": n}, instance_uuid=None, owner=owner,
                          lease_seconds=lease_seconds, **kwargs)


def left() -> list[dict]:
    return work_items.claimable(utcnow() + datetime.timedelta(days=1), 1000)


def wait_for(condition) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def dead_pid() -> int:
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


# ---- accepting

def test_work_begins_after_the_commit(embedded_database, engines):
    manager = Manager()
    mine = engines(manager)
    with engine.writer() as conn:
        mine.submit(conn, "record", {"n": 1})
        time.sleep(0.05)
        assert manager.done == []
    wait_for(lambda: manager.done == [1] and not left())


def test_work_of_a_transaction_that_failed_is_never_done(embedded_database, engines):
    manager = Manager()
    mine = engines(manager)
    with pytest.raises(RuntimeError), engine.writer() as conn:
        mine.submit(conn, "record", {"n": 1})
        raise RuntimeError
    mine.start()
    time.sleep(0.1)
    assert manager.done == [] and left() == []


def test_work_for_later_waits_for_its_time(embedded_database, engines):
    manager = Manager()
    mine = engines(manager)
    mine.start()
    due = utcnow() + datetime.timedelta(seconds=0.5)
    with engine.writer() as conn:
        mine.submit(conn, "record", {"n": 1}, not_before=due)
    time.sleep(0.2)
    assert manager.done == []
    wait_for(lambda: manager.done == [1])
    assert utcnow() >= due


# ---- taking over

def test_work_of_a_dead_process_here_is_taken_over_at_once(embedded_database, engines):
    manager = Manager()
    put(1, owner=f"{socket.gethostname()}/{dead_pid()}/x")
    engines(manager).start()
    wait_for(lambda: manager.done == [1] and not left())


def test_work_of_a_living_process_here_is_left_alone(embedded_database, engines):
    manager = Manager()
    living = subprocess.Popen(["sleep", "60"])
    try:
        put(1, owner=f"{socket.gethostname()}/{living.pid}/x")
        engines(manager).start()
        time.sleep(0.2)
        assert manager.done == []
    finally:
        living.kill()
        living.wait()
    wait_for(lambda: manager.done == [1])


def test_work_of_another_host_is_taken_over_after_its_lease(embedded_database, engines):
    manager = Manager()
    put(1, owner="elsewhere/1/x", lease_seconds=3600)
    put(2, owner="elsewhere/1/y", lease_seconds=0.3)
    engines(manager).start()
    time.sleep(0.1)
    assert manager.done == []
    wait_for(lambda: manager.done == [2])
    time.sleep(0.1)
    assert manager.done == [2]


def test_a_lease_is_renewed_while_the_work_goes_on(embedded_database, engines):
    CONF.set_override("lease_seconds", 1, "work")
    try:
        release = threading.Event()
        first = Manager(fail=lambda _count: release.wait(20))
        second = Manager()
        holder = engines(first, "one/1/x")
        holder.start()
        with engine.writer() as conn:
            holder.submit(conn, "record", {"n": 1})
        engines(second, "two/1/x").start()
        time.sleep(2.0)
        release.set()
        wait_for(lambda: not left())
        assert (first.done, second.done) == ([1], [])
    finally:
        CONF.clear_override("lease_seconds", "work")


def test_engines_that_compete_do_each_item_once(database, engines):
    managers = [Manager() for _ in range(4)]
    mine = [engines(manager, f"host{i}/1/x") for i, manager in enumerate(managers)]
    for n in range(60):
        put(n)
    for each in mine:
        threading.Thread(target=each.start).start()
    wait_for(lambda: not left())
    counts = collections.Counter(n for manager in managers for n in manager.done)
    assert counts == dict.fromkeys(range(60), 1)


def test_stop_frees_what_has_not_begun(embedded_database, engines):
    release = threading.Event()
    manager = Manager(fail=lambda _count: release.wait(20))
    mine = engines(manager, "mine/1/x")
    mine._max_threads = 1
    with engine.writer() as conn:
        mine.submit(conn, "record", {"n": 1})
        mine.submit(conn, "record", {"n": 2})
    wait_for(lambda: manager.done == [1])
    mine.stop()
    other = Manager()
    engines(other, "other/1/x").start()
    wait_for(lambda: other.done == [2])
    release.set()
    wait_for(lambda: not left())
    assert manager.done == [1]


# ---- failing

def test_work_is_tried_again_when_the_database_fails(embedded_database, engines):
    def fail_twice(count):
        if count <= 2:
            raise db_exc.DBConnectionError()

    manager = Manager(fail_twice)
    mine = engines(manager)
    mine.start()
    with engine.writer() as conn:
        mine.submit(conn, "record", {"n": 1})
    wait_for(lambda: not left())
    assert manager.done == [1, 1, 1] and manager.given_up == []


def test_work_is_given_up_when_the_database_fails_on(embedded_database, engines):
    def fail(_count):
        raise db_exc.DBConnectionError()

    manager = Manager(fail)
    mine = engines(manager)
    mine.start()
    with engine.writer() as conn:
        mine.submit(conn, "record", {"n": 1})
    wait_for(lambda: not left() and manager.given_up)
    assert manager.done == [1] * 5
    assert len(manager.given_up) == 1


def test_work_is_given_up_at_once_for_a_mistake(embedded_database, engines):
    def fail(_count):
        raise KeyError("a mistake")

    manager = Manager(fail)
    mine = engines(manager)
    with engine.writer() as conn:
        mine.submit(conn, "record", {"n": 7})
    wait_for(lambda: not left())
    assert manager.done == [7]
    [(n, error)] = manager.given_up
    assert n == 7 and isinstance(error, KeyError)


@pytest.mark.parametrize("error", [KeyError("a mistake"), exception.VirtError(reason="no power")])
def test_a_server_that_cannot_be_built_says_why(client, monkeypatch, error):
    def spawn(*args):
        raise error

    monkeypatch.setattr(fake.FakeDriver, "spawn", spawn)
    answer = client.post("/servers", {"server": {
        "name": "s", "flavorRef": "1", "imageRef": IMAGE}})
    assert answer.status == 202
    path = f"/servers/{answer.json['server']['id']}"
    wait_for(lambda: client.get(path).json["server"]["status"] == "ERROR")
    server = client.get(path).json["server"]
    assert server["fault"]["message"]
    assert server["OS-EXT-STS:task_state"] is None
    assert client.delete(path).status == 204
    wait_for(lambda: client.get(path).status == 404)
    assert client.get("/limits").json["limits"]["absolute"]["totalInstancesUsed"] == 0
