"""Queries on services: what runs on which host, and when it was last heard of."""

import datetime

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t
from minova.db.types import utcnow

_c = t.services.c
_ALIVE = _c.deleted == 0


def get_all(*, host: str | None = None, binary: str | None = None,
            disabled: bool | None = None) -> list[dict]:
    """The services, in the order in which they were registered."""
    conditions = [_ALIVE]
    for column, value in ((_c.host, host), (_c.binary, binary), (_c.disabled, disabled)):
        if value is not None:
            conditions.append(column == value)
    with engine.reader() as conn:
        return query.dicts(conn.execute(
            sa.select(t.services).where(*conditions).order_by(_c.id)))


def get(host: str, binary: str) -> dict | None:
    """The service `binary` of `host`."""
    found = get_all(host=host, binary=binary)
    return found[0] if found else None


@engine.retry_on_conflict
def register(wanted: list[tuple[str, str]]) -> list[int]:
    """Add those (host, binary) that are not there yet; the ids of all of them."""
    now = utcnow()
    with engine.writer() as conn:
        known = {tuple(key) for key in conn.execute(sa.select(_c.host, _c.binary).where(_ALIVE))}
        for host, binary in wanted:
            if (host, binary) not in known:
                query.insert_ignore(conn, t.services, {
                    'host': host, 'binary': binary, 'topic': binary.removeprefix('nova-'),
                    'last_seen_up': now})
        rows = conn.execute(sa.select(_c.id, _c.host, _c.binary).where(_ALIVE)).all()
    return [row.id for row in rows if (row.host, row.binary) in set(wanted)]


@engine.retry_on_conflict
def report(ids: list[int], unless_since: datetime.datetime) -> None:
    """Note that these services are alive, except those that have reported since `unless_since`.

    The nova-compute of a host that is switched off does not report.
    """
    now = utcnow()
    switched_off = sa.exists().where(t.compute_nodes.c.host == _c.host,
                                     t.compute_nodes.c.powered_on == sa.false(),
                                     _c.binary == 'nova-compute')
    with engine.writer() as conn:
        conn.execute(t.services.update().where(
            _c.id.in_(ids), _ALIVE, sa.not_(switched_off),
            sa.or_(_c.last_seen_up.is_(None), _c.last_seen_up < unless_since),
        ).values(report_count=_c.report_count + 1, last_seen_up=now))


@engine.retry_on_conflict
def update(host: str, binary: str, values: dict) -> bool:
    """Change disabled, disabled_reason or forced_down. Whether there is such a service."""
    with engine.writer() as conn:
        return query.compare_and_swap(
            conn, t.services, {'host': host, 'binary': binary, 'deleted': 0}, {}, values)


@engine.retry_on_conflict
def delete(service_id: int) -> bool:
    """Delete the service, and the hypervisors of its host if it is a nova-compute. Whether it was
    there.
    """
    with engine.writer() as conn:
        row = conn.execute(sa.select(_c.host, _c.binary).where(
            _c.id == service_id, _ALIVE)).first()
        if row is None or not query.compare_and_swap(
                conn, t.services, {'id': service_id}, {'deleted': 0},
                {'deleted': service_id, 'deleted_at': utcnow()}):
            return False
        if row.binary == 'nova-compute':
            conn.execute(t.compute_nodes.delete().where(t.compute_nodes.c.host == row.host))
        return True
