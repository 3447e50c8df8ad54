"""Signs of life: services report them, and whoever asks whether one is up looks at the last.

The services of the simulated deployment live in this process, which reports for them. One that was
stopped for a day reports when it starts, so nothing is found dead that is not.
"""

import datetime
import logging
import threading

from oslo_db import exception as db_exc

from minova.conf import CONF
from minova.db import services
from minova.db.types import utcnow

LOG = logging.getLogger(__name__)


def is_up(service: dict, now: datetime.datetime | None = None) -> bool:
    """Whether the service has reported within service_down_time and nobody has forced it down."""
    if service['forced_down']:
        return False
    last = service['last_seen_up'] or service['updated_at'] or service['created_at']
    return abs(((now or utcnow()) - last).total_seconds()) <= CONF.service_down_time


class Reporter:
    """Reports for services, every report_interval seconds."""

    def __init__(self):
        self._ids: set[int] = set()
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()

    def add(self, ids: list[int]) -> None:
        """Report for these services too, at once and from now on."""
        self._ids.update(ids)
        services.report(list(ids), utcnow())

    def start(self) -> None:
        if self._thread is None:
            self._stopping = threading.Event()
            self._thread = threading.Thread(
                target=self._run, args=(self._stopping,), name='periodic-reports', daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End, and forget for whom to report."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=5)
        self._thread = None
        self._ids.clear()

    def _run(self, stopping: threading.Event) -> None:
        interval = CONF.report_interval
        while not stopping.wait(interval):
            # Of several processes the first reports for all.
            since = utcnow() - datetime.timedelta(seconds=interval / 2)
            try:
                services.report(list(self._ids), since)
            except db_exc.DBError:
                LOG.exception('Cannot report that the services are alive')
