"""Figures for Prometheus: what is measured, and how all workers tell it as one.

Nothing is measured, or imported, before `setup()`. The workers of a service keep their figures in files
of one folder, so that whichever of them is asked can answer for all.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable

from minova import exception

#: () -> (name, help, {value of the label `state`: number}), asked at each scrape.
Source = Callable[[], Iterable[tuple[str, str, dict[str, float]]]]

_REQUEST_BUCKETS = (.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30)
_STATEMENT_BUCKETS = (.0001, .00025, .0005, .001, .0025, .005, .01, .05, .25, 1, 5)

_figures: dict = {}


def is_set_up() -> bool:
    """Whether anything is measured."""
    return bool(_figures)


def setup() -> None:
    """Begin to measure, in this process and those that it forks.

    Raises MetricsUnavailable.
    """
    folder = tempfile.mkdtemp(prefix='minova-metrics-')
    os.environ['PROMETHEUS_MULTIPROC_DIR'] = folder     # before the import, which reads it
    try:
        import prometheus_client
    except ImportError as exc:
        shutil.rmtree(folder)
        raise exception.MetricsUnavailable(reason=exc) from exc
    owner = os.getpid()
    # Workers leave by os._exit and come by here never; the parent is the last.
    atexit.register(lambda: os.getpid() == owner and shutil.rmtree(folder, ignore_errors=True))
    _figures['requests'] = prometheus_client.Histogram(
        'minova_request_seconds', 'Time until a request is answered.',
        ('method', 'route', 'status'), buckets=_REQUEST_BUCKETS)
    _figures['statements'] = prometheus_client.Histogram(
        'minova_db_statement_seconds', 'Time of an SQL statement.', ('verb',),
        buckets=_STATEMENT_BUCKETS)
    _figures['errors'] = prometheus_client.Counter(
        'minova_db_errors', 'SQL statements that failed.', ('kind',))


def observe_request(method: str, route: str, status: str, seconds: float) -> None:
    _figures['requests'].labels(method, route, status).observe(seconds)


def observe_statement(verb: str, seconds: float) -> None:
    _figures['statements'].labels(verb).observe(seconds)


def count_db_error(kind: str) -> None:
    _figures['errors'].labels(kind).inc()


class Exposition:
    """The application that answers /metrics."""

    def __init__(self, source: Source):
        self._source = source

    def __call__(self, environ, start_response):
        if environ.get('PATH_INFO') != '/metrics':
            start_response('404 Not Found', [('Content-Type', 'text/plain')])
            return [b'/metrics\n']
        from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
        registry.register(self)
        body = generate_latest(registry)
        start_response('200 OK', [('Content-Type', CONTENT_TYPE_LATEST),
                                  ('Content-Length', str(len(body)))])
        return [body]

    def collect(self):
        """What is not counted but looked up: the interface of prometheus_client."""
        from prometheus_client.core import GaugeMetricFamily
        for name, text, values in self._source():
            family = GaugeMetricFamily(name, text, labels=('state',))
            for state, value in values.items():
                family.add_metric((state,), value)
            yield family
