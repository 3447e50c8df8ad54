"""Queries on aggregates: groups of hosts with metadata, some of which are availability zones."""

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t

ZONE_KEY = 'availability_zone'

_a = t.aggregates.c
_h = t.aggregate_hosts.c
_m = t.aggregate_metadata.c


def get_all(aggregate_id: int | None = None) -> list[dict]:
    """All aggregates, or the one, with their `hosts` and `metadata`."""
    with engine.reader() as conn:
        return _read(conn, aggregate_id)


def get(conn: sa.Connection, aggregate_id: int) -> dict | None:
    """The aggregate, as the transaction of `conn` sees it."""
    found = _read(conn, aggregate_id)
    return found[0] if found else None


def _read(conn: sa.Connection, aggregate_id: int | None) -> list[dict]:
    mine = sa.true() if aggregate_id is None else _a.id == aggregate_id
    aggregates = query.dicts(conn.execute(
        sa.select(t.aggregates).where(mine).order_by(_a.id)))
    by_id = {a['id']: a for a in aggregates}
    for aggregate in aggregates:
        aggregate.update(hosts=[], metadata={})
    if not aggregates:
        return []
    hosts = sa.select(_h.aggregate_id, _h.id, sa.null().label('key'), _h.host.label('value'))
    items = sa.select(_m.aggregate_id, _m.id, _m.key, _m.value)
    if aggregate_id is not None:
        hosts, items = hosts.where(_h.aggregate_id == aggregate_id), items.where(
            _m.aggregate_id == aggregate_id)
    for owner, _id, key, value in conn.execute(sa.union_all(hosts, items).order_by('id')):
        aggregate = by_id.get(owner)
        if aggregate is None:
            continue        # made since the first statement
        if key is None:
            aggregate['hosts'].append(value)
        else:
            aggregate['metadata'][key] = value
    return aggregates


def create(conn: sa.Connection, name: str, zone: str | None) -> int | None:
    """The new aggregate's id; None when the name is taken."""
    if _by_name(conn, name) is not None or not query.insert_ignore(
            conn, t.aggregates, {'name': name}):
        return None
    aggregate_id = _by_name(conn, name)
    if zone:
        set_metadata(conn, aggregate_id, {ZONE_KEY: zone})
    return aggregate_id


def _by_name(conn: sa.Connection, name: str) -> int | None:
    return conn.execute(sa.select(_a.id).where(_a.name == name)).scalar()


def rename(conn: sa.Connection, aggregate_id: int, name: str) -> bool:
    """Whether the name was free; it is, if the aggregate itself has it."""
    if _by_name(conn, name) not in (None, aggregate_id):
        return False
    conn.execute(t.aggregates.update().where(_a.id == aggregate_id).values(name=name))
    return True


def delete_if_empty(conn: sa.Connection, aggregate_id: int) -> bool:
    """Delete the aggregate unless it has hosts. Whether it is gone."""
    empty = sa.not_(sa.exists().where(_h.aggregate_id == aggregate_id))
    return conn.execute(t.aggregates.delete().where(_a.id == aggregate_id, empty)).rowcount == 1


def set_metadata(conn: sa.Connection, aggregate_id: int, metadata: dict[str, str | None]) -> None:
    """Set these items; those that are None are dropped."""
    dropped = [key for key, value in metadata.items() if value is None]
    if dropped:
        conn.execute(t.aggregate_metadata.delete().where(
            _m.aggregate_id == aggregate_id, _m.key.in_(dropped)))
    for key, value in metadata.items():
        if value is None:
            continue
        row = {'aggregate_id': aggregate_id, 'key': key, 'value': value}
        if not conn.execute(t.aggregate_metadata.update().where(
                _m.aggregate_id == aggregate_id, _m.key == key).values(value=value)).rowcount:
            query.insert_ignore(conn, t.aggregate_metadata, row)


def lock(conn: sa.Connection) -> None:
    """Have other changes of who is in which zone wait for the end of this transaction."""
    if conn.dialect.name != 'sqlite':       # which has one writer at a time anyway
        conn.execute(sa.select(_a.id).order_by(_a.id).with_for_update()).all()


def add_host(conn: sa.Connection, aggregate_id: int, host: str) -> bool:
    """Whether the host was not in it before."""
    return query.insert_ignore(
        conn, t.aggregate_hosts, {'aggregate_id': aggregate_id, 'host': host})


def remove_host(conn: sa.Connection, aggregate_id: int, host: str) -> bool:
    """Whether the host was in it."""
    return conn.execute(t.aggregate_hosts.delete().where(
        _h.aggregate_id == aggregate_id, _h.host == host)).rowcount == 1


def zones_of(conn: sa.Connection, hosts: list[str], other_than: int) -> list[str]:
    """The zones, in the order of the aggregates, that `hosts` are in through other aggregates."""
    hosts_in = sa.exists().where(_h.aggregate_id == _m.aggregate_id, _h.host.in_(hosts))
    return list(conn.execute(
        sa.select(_m.value).where(_m.key == ZONE_KEY, _m.aggregate_id != other_than, hosts_in)
        .order_by(_m.aggregate_id)).scalars())


_HOST_METADATA = (sa.select(_h.host, _h.aggregate_id, _m.key, _m.value)
                  .join(t.aggregate_metadata, _m.aggregate_id == _h.aggregate_id)
                  .order_by(_h.aggregate_id))
_KEY_OF_HOSTS = _HOST_METADATA.where(_m.key == sa.bindparam("wanted"))


def host_metadata(conn: sa.Connection, key: str | None = None) -> list[tuple[str, int, str, str]]:
    """(host, aggregate id, key, value): the metadata that hosts have through their aggregates."""
    rows = (conn.execute(_HOST_METADATA) if key is None
            else conn.execute(_KEY_OF_HOSTS, {'wanted': key}))
    return [tuple(row) for row in rows]
