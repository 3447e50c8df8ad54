"""The order of writers of an embedded database, and the disk that they wait for."""

import threading
import types

import pytest

from minova.db import embedded
from tests.functional.processes import eventually


class Writers:
    """Threads that each take one turn; `order` is the one in which they had it."""

    def __init__(self):
        self._local = threading.local()
        self.turns = embedded.Turns(lambda: getattr(self._local, "is_background", False))
        self.order: list[str] = []
        self._threads: list[threading.Thread] = []

    def add(self, name: str, is_background: bool) -> None:
        """Return when the thread stands in its queue, where work stands behind the first of its kind."""
        def run():
            self._local.is_background = is_background
            with self.turns:
                self.order.append(name)
        thread = threading.Thread(target=run)
        queue = self.turns._work if is_background else self.turns._requests
        length = 1 if is_background else len(queue) + 1
        self._threads.append(thread)
        thread.start()
        eventually(lambda: len(queue) == length, f"{name} stands in the queue")

    def join(self) -> None:
        for thread in self._threads:
            thread.join()


def test_requests_come_before_work_that_waits_but_not_for_ever():
    writers = Writers()
    with writers.turns:
        writers.add("work 1", True)
        writers.add("work 2", True)
        for number in range(6):
            writers.add(f"request {number}", False)
    writers.join()
    assert writers.order == ["request 0", "request 1", "request 2", "request 3", "work 1",
                             "request 4", "request 5", "work 2"]
    with writers.turns:     # it is free again
        pass


class Clock:
    """Stands for `time`. Whenever somebody sleeps, requests have the next of these numbers of turns."""

    def __init__(self, monkeypatch, *numbers: int, is_disk_awaited: bool = False):
        self.turns = embedded.Turns(lambda: self._is_work, lambda: is_disk_awaited)
        self.order: list[str] = []
        self._numbers = list(numbers)
        self._now = 100.0
        self._is_work = False
        monkeypatch.setattr(embedded, "time", self)

    def monotonic(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        self._now += seconds
        self._is_work = False
        for _ in range(self._numbers.pop(0) if self._numbers else 0):
            self.run("request")
        self._is_work = True

    def run(self, name: str) -> None:
        self._is_work = name == "work"
        with self.turns:
            self.order.append(name)


def test_work_lets_pass_the_requests_that_follow_each_other(monkeypatch):
    clock = Clock(monkeypatch, 1, 0, 0, 1, 0, 1)
    clock.run("request")
    clock.run("work")
    assert clock.order == ["request"] * 4 + ["work"]
    assert 100.005 < clock.monotonic() < 100.012      # then it was quiet


def test_work_lets_pass_only_so_many_requests(monkeypatch):
    clock = Clock(monkeypatch, *[1] * 20)
    clock.run("work")
    clock.run("work")
    assert clock.order == (["request"] * 4 + ["work"]) * 2


def test_while_requests_wait_for_the_disk_work_goes_on(monkeypatch):
    clock = Clock(monkeypatch, 2, 0, 1, is_disk_awaited=True)
    clock.run("request")
    clock.run("work")
    clock.run("work")
    assert clock.order == ["request"] * 3 + ["work"] + ["request"] + ["work"]
    assert clock.monotonic() == 100.0


def test_after_a_pause_work_does_not_wait(monkeypatch):
    clock = Clock(monkeypatch)
    clock.run("request")
    clock.sleep(1.0)
    clock.run("work")
    assert clock.monotonic() == 101.0


def test_a_turn_that_fails_ends():
    turns = embedded.Turns(lambda: False)
    with pytest.raises(ValueError), turns:
        raise ValueError
    with turns:
        pass


@pytest.mark.parametrize("chosen_before", [False, True])
def test_who_is_killed_while_it_waits_holds_nobody_up(monkeypatch, chosen_before):
    turns = embedded.Turns(lambda: False)

    class Gate:
        """One at which a green thread is killed, perhaps when it was its turn already."""

        def __init__(self):
            self.is_shut = False

        def acquire(self) -> None:
            if self.is_shut:
                if chosen_before:
                    turns.__exit__()
                raise KeyboardInterrupt
            self.is_shut = True

        def release(self) -> None:
            pass

    turns.__enter__()
    monkeypatch.setattr(embedded, "threading", types.SimpleNamespace(Lock=Gate))
    with pytest.raises(KeyboardInterrupt):
        turns.__enter__()
    if not chosen_before:
        turns.__exit__()
    with turns:     # it would wait at such a gate, if it were not free
        pass


class SlowDisk:
    """Counts what reaches it, and takes as long as the test wants it to."""

    def __init__(self):
        self.calls = 0
        self.ready = threading.Event()

    def __call__(self, flush) -> None:
        self.calls += 1
        assert self.ready.wait(10)
        flush()


def test_all_who_wait_for_the_disk_meanwhile_wait_once(tmp_path):
    (tmp_path / "wal").touch()
    disk, slow = embedded.Disk(str(tmp_path / "wal")), SlowDisk()
    threads = [threading.Thread(target=disk.wait, args=(slow,)) for _ in range(9)]
    threads[0].start()
    eventually(lambda: slow.calls == 1, "the first one waits for the disk")
    for thread in threads[1:]:
        thread.start()
    eventually(lambda: disk._committed == 9, "all have committed")
    slow.ready.set()
    for thread in threads:
        thread.join()
    # Nine came at the latest while the first one waited: at most a second time for all of them.
    assert slow.calls <= 2


def test_who_cannot_be_sure_is_told(tmp_path, monkeypatch):
    (tmp_path / "wal").touch()
    disk = embedded.Disk(str(tmp_path / "wal"))

    def fail(number):
        raise OSError("broken")
    monkeypatch.setattr(embedded, "_sync", fail)
    for _ in range(2):
        with pytest.raises(OSError, match="broken"):
            disk.wait(lambda function: function())


def test_without_a_wal_everything_is_in_the_database(tmp_path):
    embedded.Disk(str(tmp_path / "none")).wait(lambda function: function())
