"""Availability zones: which host is in which."""

import contextlib
import time
from collections.abc import Iterable

from minova import lives
from minova.conf import CONF
from minova.db import aggregates as db
from minova.db import engine, services

# What another process does to the zones is seen in the answers of this one so many seconds later, at most.
_SHOWN_SECONDS = 1.0
_shown: tuple[tuple, float, 'HostZones'] | None = None
_changes = 0


class HostZones(dict):
    """Host -> zone. A host that no aggregate puts into a zone is in the default one."""

    def __missing__(self, host: str) -> str:
        return CONF.default_availability_zone

    def of_service(self, service: dict) -> str:
        """The zone that a service is shown in: those without servers have one of their own."""
        if service['topic'] != 'compute':
            return CONF.internal_service_availability_zone
        return self[service['host']]


def host_zones(conn=None) -> HostZones:
    """The zones of all hosts, by one statement, on `conn` if there is one: `host_zones()[host]`."""
    with contextlib.nullcontext(conn) if conn is not None else engine.reader() as connection:
        rows = db.host_metadata(connection, db.ZONE_KEY)
    found: dict[str, list[dict]] = {}
    for host, _aggregate, key, zone in rows:
        found.setdefault(host, []).append({key: zone})
    return HostZones({host: of_aggregates(metadata) for host, metadata in found.items()})


def shown() -> HostZones:
    """The zones of all hosts as servers are shown with them, by no statement in most cases.

    Nothing is decided by them. (Nova shows what it knew within the last hour.)
    """
    global _shown
    kept, now = _shown, time.monotonic()
    wanted = engine.binding(), lives.current(), _changes
    if kept is None or kept[0] != wanted or kept[1] < now:
        kept = _shown = wanted, now + _SHOWN_SECONDS, host_zones()
    return kept[2]


def changed() -> None:
    """Called when this process has changed, and committed, what host is in what zone."""
    global _changes
    _changes += 1


def of_aggregates(metadata: Iterable[dict]) -> str:
    """The zone of a host from the metadata of its aggregates; several are joined by commas."""
    found = dict.fromkeys(m[db.ZONE_KEY] for m in metadata if db.ZONE_KEY in m)
    return ','.join(found) or CONF.default_availability_zone


def available_zones() -> list[str]:
    """The zones in which a service is enabled, that of the internal ones among them."""
    zones = host_zones()
    return list(dict.fromkeys(
        zones.of_service(service) for service in services.get_all(disabled=False)))
