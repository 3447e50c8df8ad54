"""Carries out accepted work, once, even though the process may die at any moment.

Work is handed over inside the transaction that accepts it (`submit`), as a row of work_items: a method of
the manager by name, with plain data. The process that accepted it owns it and begins as soon as the
transaction is committed. The row goes in the transaction that ends the work. What a dead process owned is
taken over by another, or by itself when it is started again; so a method may run a second time from the
beginning, and must begin where the row of the server says that it stopped.

With [work]mode = inline the work is done before `submit`'s transaction returns to the caller; with prompt it
is if it takes less than half a second.
"""

import collections
import contextvars
import datetime
import logging
import os
import socket
import threading
import time
import uuid

from oslo_db import exception as db_exc

from minova import exception, lives
from minova.conf import CONF
from minova.db import engine as db_engine
from minova.db import work_items
from minova.db.types import utcnow

LOG = logging.getLogger(__name__)

_POLL_SECONDS = 1.0         # between looks for work that nobody does
_MAX_ATTEMPTS = 5           # times that work is tried when the database fails, before it is given up
_PROMPT_SECONDS = 0.5       # that the caller waits for its work, in the mode of this name
_RETRY_SECONDS = 2.0        # before work is tried again after one

_current: contextvars.ContextVar[dict | None] = contextvars.ContextVar('minova_work', default=None)


class Engine:
    """The workers of one process."""

    def __init__(self, manager):
        """`manager` has the methods that work names, and give_up(item, error)."""
        self.manager = manager
        self.owner = f'{socket.gethostname()}/{os.getpid()}/{uuid.uuid4().hex[:8]}'
        self.lease_seconds = CONF.work.lease_seconds
        self.inline = CONF.work.mode == 'inline'
        # What this engine does belongs to the life of the cloud in which it was made.
        self._life = lives.current()
        self._max_threads = CONF.work.max_threads
        self._lock = threading.Lock()
        self._waiting: collections.deque[dict] = collections.deque()
        self._running = 0
        self._stopping = threading.Event()
        self._poller: threading.Thread | None = None
        self._threads: set[threading.Thread] = set()

    # ---- accepting

    def submit(self, conn, method: str, args: dict, instance_uuid: str | None = None,
               not_before: datetime.datetime | None = None) -> dict:
        """Hand over work inside the transaction of `conn`; the row that stands for it."""
        owner = None if not_before else self.owner
        item = work_items.insert(conn, method, args, instance_uuid=instance_uuid, owner=owner,
                                 lease_seconds=self.lease_seconds, not_before=not_before)
        if owner:
            db_engine.after_commit(lambda: self._begin(item))
            if CONF.work.mode == 'prompt':
                # One deadline for all that is handed over together.
                item['done'], end = threading.Event(), time.monotonic() + _PROMPT_SECONDS
                db_engine.after_commit(lambda: item['done'].wait(max(0.0, end - time.monotonic())))
        return item

    def _begin(self, item: dict) -> None:
        if self.inline:
            self._carry_out(item)
            return
        with self._lock:
            self._waiting.append(item)
            if self._running >= self._max_threads:
                return
            self._running += 1
        worker = threading.Thread(target=self._work, name=f'work-{item["id"]}', daemon=True)
        self._threads.add(worker)
        worker.start()

    # ---- doing

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting or self._stopping.is_set():
                    self._running -= 1
                    self._threads.discard(threading.current_thread())
                    return
                item = self._waiting.popleft()
            self._carry_out(item)

    def _carry_out(self, item: dict) -> None:
        """Do the work; whatever happens, it is either done, given up, or free to be tried again."""
        token = _current.set(item)
        try:
            is_awaited = self.inline or 'done' in item
            with lives.within(self._life), db_engine.background(is_awaited):
                method = getattr(self.manager, item['method'])
                method(instance_uuid=item['instance_uuid'], **item['args'])
                if not item.get('completed'):
                    self._end(item)
        except exception.CloudWasReset:
            LOG.info('%s of %s ended with a reset', item['method'], item['instance_uuid'])
        except db_exc.DBError as error:
            self._try_again(item, error)
        except exception.HostIsDown:
            work_items.release(self.owner, item_id=item['id'],
                               not_before=utcnow() + datetime.timedelta(seconds=_POLL_SECONDS))
        except Exception as error:
            LOG.exception('%s of %s failed', item['method'], item['instance_uuid'])
            self._give_up(item, error)
        finally:
            _current.reset(token)
            if 'done' in item:
                item['done'].set()

    @staticmethod
    @db_engine.retry_on_conflict
    def _end(item: dict) -> None:
        with db_engine.writer() as conn:
            work_items.delete(conn, item['id'])

    def _try_again(self, item: dict, error: Exception) -> None:
        # The item counts those before this one.
        attempts = item['attempts'] + 1
        if attempts >= _MAX_ATTEMPTS:
            LOG.exception('%s of %s is given up after %d attempts', item['method'],
                          item['instance_uuid'], attempts)
            self._give_up(item, error)
            return
        LOG.warning('%s of %s will be tried again: %s', item['method'], item['instance_uuid'], error)
        try:
            work_items.release(self.owner, item_id=item['id'],
                               not_before=utcnow() + datetime.timedelta(seconds=_RETRY_SECONDS))
        except db_exc.DBError:
            # The lease is not renewed by anybody but its owner's poller; it will be free then.
            LOG.exception('The database cannot be reached')

    def _give_up(self, item: dict, error: Exception) -> None:
        try:
            self.manager.give_up(item, error)
            self._end(item)
        except db_exc.DBError:
            LOG.exception('%s of %s can neither be done nor given up now', item['method'],
                          item['instance_uuid'])

    # ---- taking over

    def start(self) -> None:
        """Take over what nobody does, now and from now on."""
        self._take_over()
        self._poller = threading.Thread(target=self._poll, name='periodic-work', daemon=True)
        self._poller.start()

    def stop(self) -> None:
        """Leave what has not begun to others, at once; what has begun goes on while the process lives."""
        self._stopping.set()
        with self._lock:
            waiting, self._waiting = list(self._waiting), collections.deque()
        for item in waiting:
            work_items.release(self.owner, item_id=item['id'])

    def drop(self) -> None:
        """Begin nothing more. What has begun comes to no result: it belongs to a life that is over."""
        self._stopping.set()
        with self._lock:
            self._waiting.clear()

    def join(self, timeout: float) -> None:
        """Wait until all threads of a stopped engine have ended, at most so many seconds."""
        end = time.monotonic() + timeout
        with self._lock:
            threads = [*self._threads, *([self._poller] if self._poller else [])]
        for thread in threads:
            if thread is not threading.current_thread():
                thread.join(max(0.0, end - time.monotonic()))

    def _poll(self) -> None:
        lives.enter()
        renew_every = max(1, int(self.lease_seconds / 3 / _POLL_SECONDS))
        turn = 0
        while not self._stopping.wait(_POLL_SECONDS):
            turn += 1
            try:
                if turn % renew_every == 0:
                    work_items.renew(self.owner, self.lease_seconds)
                self._take_over()
            except exception.CloudWasReset:
                return
            except db_exc.DBError:
                LOG.exception('Cannot look for work')

    def _take_over(self) -> None:
        """Claim what is due and what dead processes of this host left behind, and do it."""
        for owner in work_items.owners():
            if self._is_dead(owner):
                freed = work_items.release(owner)
                LOG.info('%d pieces of work of a dead process (%s) are taken over', freed, owner)
        with self._lock:
            room = self._max_threads - self._running
        for item in work_items.claimable(utcnow(), room) if room > 0 else ():
            if work_items.claim(item, self.owner, self.lease_seconds):
                self._begin(item | {'attempts': item['attempts'] + 1})

    def _is_dead(self, owner: str) -> bool:
        """Whether `owner` was a process of this host that is no more."""
        host, pid, _boot = owner.split('/')
        if owner == self.owner or host != socket.gethostname():
            return False
        if int(pid) == os.getpid():
            return True         # an earlier process that had our number
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            pass
        return False


def complete(conn) -> None:
    """Called by the work itself, in its last transaction: there is nothing left to do."""
    item = _current.get()
    if item is not None:
        work_items.delete(conn, item['id'])
        item['completed'] = True


_engine: Engine | None = None
_engine_lock = threading.Lock()


def engine() -> Engine:
    """The engine of this process, made at first use."""
    global _engine
    with _engine_lock:
        if _engine is None:
            from minova.compute import manager
            _engine = Engine(manager.ComputeManager())
        return _engine


def start() -> None:
    """Begin to take over work that nobody does; in each worker process, after it was forked."""
    engine().start()


def stop(wait: float = 0.0) -> None:
    """End in an orderly way; a later start() begins anew. `wait` so many seconds for what has begun."""
    global _engine
    if _engine is not None:
        stopped, _engine = _engine, None
        stopped.stop()
        if wait:
            stopped.join(wait)


def drop() -> None:
    """Forget all work, as a reset does while nobody can accept any; a later start() begins anew."""
    global _engine
    if _engine is not None:
        _engine.drop()
        _engine = None
