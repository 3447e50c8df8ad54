"""From an entry of enabled_apis to running processes.

`WSGIService` is one API: its application, address and number of workers. `ProcessLauncher` runs
such services: in this process when one worker each is enough, else in forked workers that it
watches. Signals arrive through a pipe, so that they are handled between things, never inside them.

SIGTERM and SIGINT: answer what is in progress, then exit; once more: exit at once.
SIGHUP: read the mutable options again, keep serving.
"""

import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Callable

import eventlet
from eventlet import hubs, patcher
from oslo_config import cfg

from minova import hooks, wsgi
from minova.conf import CONF
from minova.conf import service as service_conf

LOG = logging.getLogger(__name__)
_select = patcher.original("select")

_STOP = (signal.SIGTERM, signal.SIGINT)
_HANDLED = (*_STOP, signal.SIGHUP)
_RESTART_PAUSE = 1.0  # seconds between two starts of a worker that does not stay up
_EXTRA_PATIENCE = 5.0  # seconds beyond graceful_shutdown_timeout until a worker is killed


def default_workers() -> int:
    """Return the number of workers of an API whose option is not set."""
    embedded = (CONF.database.connection or "sqlite").startswith("sqlite")
    return 1 if embedded else len(os.sched_getaffinity(0))


class WSGIService:
    """One API: as the paste file says, and `<name>_listen`, `_listen_port` and `_workers`."""

    def __init__(
        self,
        name: str,
        loader: wsgi.Loader | None = None,
        use_ssl: bool = False,
        max_url_len: int | None = None,
    ):
        """Load the application and take the address.

        :param name: the application's name in the paste file
        :param max_url_len: longest request line in bytes; None: [DEFAULT]max_url_len
        :raises minova.exception.PasteAppNotFound: the paste file has no such application
        :raises minova.exception.CannotListen: the address cannot be had
        """
        self.name = name
        service_conf.register_api_opts(CONF, name)
        self.app = (loader or wsgi.Loader()).load_app(name)
        self.host = getattr(CONF, f"{name}_listen")
        self.port = getattr(CONF, f"{name}_listen_port")
        self.workers = getattr(CONF, f"{name}_workers") or default_workers()
        self.server = wsgi.Server(name, self.app, self.host, self.port, use_ssl, max_url_len)

    def start(self, on_end: Callable[[], None] | None = None) -> None:
        """Begin to serve in this process; `on_end()` is called when that ends."""
        self.server.start(on_end)

    def stop(self) -> None:
        """Take no more requests; those in progress go on."""
        self.server.stop()

    def wait(self) -> None:
        """Wait until the last request is answered."""
        self.server.wait()

    def reset(self) -> None:
        """Take over changed options."""
        self.server.reset()


class _Signals:
    """Signals as numbers to be read, instead of code that runs in the middle of other code."""

    def __init__(self, *signals: int):
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(self._writer, False)
        for number in signals:
            signal.signal(number, lambda signo, frame: None)
        signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)

    def get_blocking(self, timeout: float | None) -> bytes:
        """Return what came, after at most `timeout` seconds; the whole process waits."""
        ready = _select.select([self._reader], [], [], timeout)[0]
        return os.read(self._reader, 512) if ready else b""

    def get_green(self) -> bytes:
        """Return what came; other green threads go on while this one waits."""
        hubs.trampoline(self._reader, read=True)
        return os.read(self._reader, 512)

    def close(self) -> None:
        signal.set_wakeup_fd(-1)
        os.close(self._reader)
        os.close(self._writer)


def _reload(services: list[WSGIService]) -> None:
    LOG.info("Caught SIGHUP, reading the configuration again")
    try:
        CONF.mutate_config_files()
    except (cfg.Error, OSError) as exc:
        LOG.error("The configuration stays as it was: %s", exc)
        return
    for hook in hooks.on_reload:
        hook()
    for service in services:
        service.reset()


def _serve(services: list[WSGIService], lifeline: int | None = None) -> int:
    """Serve in this process until told to stop; return its exit status.

    :param lifeline: pipe whose other end the parent holds; when it closes, the parent is gone
    """
    signals = _Signals(*_HANDLED)
    if lifeline is not None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _HANDLED)
    events: eventlet.Queue = eventlet.Queue()

    def read_signals() -> None:
        while True:
            for number in signals.get_green():
                events.put(number)

    def watch_parent() -> None:
        hubs.trampoline(lifeline, read=True)
        LOG.error("The parent process is gone")
        events.put(signal.SIGTERM)

    eventlet.spawn(read_signals)
    if lifeline is not None:
        eventlet.spawn(watch_parent)
    for hook in hooks.on_worker_start:
        hook()
    for service in services:
        service.start(on_end=lambda: events.put(None))
    event = 0
    while event not in _STOP and event is not None:
        event = events.get()
        if event == signal.SIGHUP:
            _reload(services)
    for number in _STOP if lifeline is None else ():
        signal.signal(number, signal.SIG_DFL)
    if event is None:
        LOG.error("A server ended without being told to")
    drained = _drain(services)
    for hook in hooks.on_worker_stop:
        hook()
    return 0 if drained and event is not None else 1


def _drain(services: list[WSGIService]) -> bool:
    """Answer what is in progress. Return False when it took too long."""
    LOG.info("Stopping: taking no more requests")
    for service in services:
        service.stop()
    done = False
    with eventlet.Timeout(CONF.graceful_shutdown_timeout or None, False):
        for service in services:
            service.wait()
        done = True
    if not done:
        LOG.error("Requests were still in progress after %d s", CONF.graceful_shutdown_timeout)
    return done


class ProcessLauncher:
    """Runs services, each in its number of workers, and keeps that number up."""

    def __init__(self) -> None:
        self._services: list[WSGIService] = []
        self._children: dict[int, tuple[WSGIService, float]] = {}
        self._due: list[tuple[float, WSGIService]] = []

    def launch_service(self, service: WSGIService) -> None:
        """Add `service` to what wait() runs."""
        self._services.append(service)

    def wait(self) -> int:
        """Run the services until told to stop. Return the exit status of the process."""
        try:
            if all(service.workers == 1 for service in self._services):
                return _serve(self._services)
            return self._supervise()
        finally:
            for service in self._services:
                service.server.listener.unlink()

    def _supervise(self) -> int:
        signals = _Signals(signal.SIGCHLD, *_HANDLED)
        lifeline = os.pipe()
        gc.freeze()  # what is loaded now stays shared with the workers
        self._due = [(0.0, s) for s in self._services for _worker in range(s.workers)]
        while True:
            self._start_due(signals, lifeline)
            pause = min((due for due, _s in self._due), default=None)
            caught = signals.get_blocking(pause and max(0.0, pause - time.monotonic()))
            self._reap()
            if any(number in caught for number in _STOP):
                return self._stop(signals)
            if signal.SIGHUP in caught:
                _reload(self._services)
                self._send(signal.SIGHUP)

    def _start_due(self, signals: _Signals, lifeline: tuple[int, int]) -> None:
        now = time.monotonic()
        starting = [service for due, service in self._due if due <= now]
        self._due = [(due, service) for due, service in self._due if due > now]
        for service in starting:
            # What the parent sends before the child can take it must wait, not be lost.
            signal.pthread_sigmask(signal.SIG_BLOCK, _HANDLED)
            pid = os.fork()
            if not pid:
                self._become_worker(service, signals, lifeline)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _HANDLED)
            self._children[pid] = (service, now)
            LOG.info("Started worker %d of %s", pid, service.name)

    def _become_worker(
        self, service: WSGIService, signals: _Signals, lifeline: tuple[int, int]
    ) -> None:
        status = 1
        try:
            signals.close()
            os.close(lifeline[1])
            hubs.use_hub()  # the parent's may hold a descriptor that would be shared
            for other in self._services:
                if other is not service:
                    other.server.close()
            status = _serve([service], lifeline[0])
        except Exception:
            LOG.exception("Worker %d of %s failed", os.getpid(), service.name)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    def _reap(self) -> None:
        for pid in list(self._children):
            if not os.waitpid(pid, os.WNOHANG)[0]:
                continue
            service, started = self._children.pop(pid)
            LOG.warning("Worker %d of %s is gone", pid, service.name)
            self._due.append((started + _RESTART_PAUSE, service))

    def _send(self, number: int) -> None:
        for pid in self._children:
            os.kill(pid, number)  # an exited child keeps its pid until it is reaped

    def _stop(self, signals: _Signals) -> int:
        LOG.info("Stopping %d workers", len(self._children))
        for number in _STOP:
            signal.signal(number, signal.SIG_DFL)
        self._send(signal.SIGTERM)
        patience = CONF.graceful_shutdown_timeout
        deadline = time.monotonic() + patience + _EXTRA_PATIENCE if patience else None
        status = 0
        while self._children:
            left = deadline and max(0.0, deadline - time.monotonic())
            if left == 0.0:
                LOG.error("Killing %d workers that do not stop", len(self._children))
                self._send(signal.SIGKILL)
                deadline = None
            for pid in list(self._children):
                ended, code = os.waitpid(pid, os.WNOHANG)
                if ended:
                    del self._children[pid]
                    status = status or int(code != 0)
            if self._children:
                signals.get_blocking(left or None)
        return status


def process_launcher() -> ProcessLauncher:
    """Return a launcher for the services of this process."""
    return ProcessLauncher()
