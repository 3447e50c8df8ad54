"""What an embedded SQLite database needs of the process that uses it: whose turn it is to write, and when
what was written is on the disk.

SQLite has one writer at a time. Within the process writers queue here, where waiting lets other green
threads run; if they queued in SQLite, the one that holds its lock never could.
"""

import collections
import os
import threading
import time
from collections.abc import Callable

#: Calls a function that blocks the thread, and waits for it; see engine.call_blocking_by.
Caller = Callable[[Callable[[], None]], None]

# So many turns in a row are those of requests, while work in the background waits, too.
_TURNS_OF_REQUESTS = 4
# While requests follow each other within this time, they are taken to go on coming.
_QUIET_SECONDS = 0.005
_LOOK_AGAIN_SECONDS = 0.001

_sync = getattr(os, 'fdatasync', os.fsync)


def call_here(function: Callable[[], None]) -> None:
    """The Caller for threads of the system, which block nobody else."""
    function()


class Turns:
    """A lock whose next owner is whoever has waited longest, requests before work in the background.

    Work also waits for requests that are about to come, as those of a client that makes many servers: to
    accept one takes less time than to build it, and it is the answer that somebody waits for.
    """

    def __init__(self, is_background: Callable[[], bool],
                 is_disk_awaited: Callable[[], bool] = lambda: False):
        """:param is_background: whether the caller is such work
        :param is_disk_awaited: whether a request waits for the disk, which leaves the time to others
        """
        self._is_background = is_background
        self._is_disk_awaited = is_disk_awaited
        self._mutex = threading.Lock()
        self._held = False
        self._requests: collections.deque = collections.deque()
        self._work: collections.deque = collections.deque()
        self._passed_over = 0
        self._first_of_work = threading.Lock()
        self._turns_of_requests = 0
        self._last_request = 0.0

    def __enter__(self) -> None:
        if self._is_background():
            with self._first_of_work:
                self._let_requests_pass()
                self._acquire(self._work)
        else:
            self._turns_of_requests += 1
            self._acquire(self._requests)
            self._last_request = time.monotonic()

    def _let_requests_pass(self) -> None:
        """Return when no request is there or likely to come soon, or enough of them have passed."""
        enough = self._turns_of_requests + _TURNS_OF_REQUESTS
        while (before := self._turns_of_requests) < enough:
            time.sleep(0)       # what has come in meanwhile is read, and begins
            if self._turns_of_requests == before:
                if self._is_disk_awaited() or time.monotonic() > self._last_request + _QUIET_SECONDS:
                    return
                time.sleep(_LOOK_AGAIN_SECONDS)

    def _acquire(self, waiting: collections.deque) -> None:
        with self._mutex:
            if not self._held:
                self._held = True
                return
            gate = threading.Lock()
            gate.acquire()
            waiting.append(gate)
        try:
            gate.acquire()
        except BaseException:       # a green thread that was killed meanwhile
            with self._mutex:
                is_waiting = gate in waiting
                if is_waiting:
                    waiting.remove(gate)
            if not is_waiting:
                self.__exit__()
            raise

    def __exit__(self, *exc_info) -> None:
        with self._mutex:
            gate = self._next()
            if gate is None:
                self._held = False
                return
        gate.release()

    def _next(self):
        """Whoever's turn it is now, if anybody waits."""
        if self._requests and not (self._work and self._passed_over >= _TURNS_OF_REQUESTS):
            self._passed_over += bool(self._work)
            return self._requests.popleft()
        self._passed_over = 0
        return self._work.popleft() if self._work else None


class Disk:
    """Waits until what was committed is on the disk, for all who wait at the same time at once."""

    def __init__(self, wal_path: str):
        self._wal_path = wal_path
        self._counting = threading.Lock()
        self._one_at_a_time = threading.Lock()
        self._committed = 0     # transactions whose owners came here
        self._synced = 0        # of these, the ones that are on the disk

    def is_awaited(self) -> bool:
        """Whether anybody waits."""
        return self._synced < self._committed

    def wait(self, call: Caller) -> None:
        """Return when all that this thread has committed is on the disk. Raises OSError.

        SQLite has written it to the WAL by then, without waiting for the disk (synchronous=NORMAL). What
        it moves from there to the database it flushes itself, so that the WAL is all there is to do.
        """
        with self._counting:
            self._committed += 1
            mine = self._committed
        with self._one_at_a_time:
            if self._synced < mine:     # else somebody who began after our commit did it for us
                call(self._flush)

    def _flush(self) -> None:
        upto = self._committed
        try:
            number = os.open(self._wal_path, os.O_RDONLY)
        except FileNotFoundError:       # the last connection was closed, and everything flushed
            pass
        else:
            try:
                _sync(number)
            finally:
                os.close(number)
        self._synced = upto
