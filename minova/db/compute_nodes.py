"""Queries on compute nodes: the hypervisors, what they have and what of it is given out."""

import functools

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t

_c = t.compute_nodes.c
_s = t.services.c
_i = t.instances.c

_SIZES = ('vcpus', 'memory_mb', 'local_gb')
_SERVICE = ('id', 'host', 'disabled', 'disabled_reason', 'forced_down', 'last_seen_up',
            'created_at', 'updated_at')


def _select() -> sa.Select:
    """Nodes with the service that speaks for them, and with the work that is under way on them."""
    w = t.work_items.c
    workload = (sa.select(_i.host, sa.func.count().label('number'))
                .select_from(t.work_items.join(t.instances, _i.uuid == w.instance_uuid))
                .group_by(_i.host).subquery())
    services = [_s[name].label(f'service_{name}') for name in _SERVICE]
    columns = [column for column in _c if column.name not in ('current_workload', 'service_id')]
    return (sa.select(*columns, *services,
                      sa.func.coalesce(workload.c.number, 0).label('current_workload'))
            .select_from(t.compute_nodes
                         .join(t.services, sa.and_(_s.host == _c.host, _s.deleted == 0,
                                                   _s.binary == 'nova-compute'))
                         .outerjoin(workload, workload.c.host == _c.host))
            .order_by(_c.id))


def _nodes(statement: sa.Select) -> list[dict]:
    with engine.reader() as conn:
        nodes = query.dicts(conn.execute(statement))
    for node in nodes:
        node['service'] = {name: node.pop(f'service_{name}') for name in _SERVICE}
    return nodes


def get_all(host: str | None = None) -> list[dict]:
    """All nodes, or those of one host, each with its `service`."""
    statement = _select()
    return _nodes(statement if host is None else statement.where(_c.host == host))


def get(node_id: int) -> dict | None:
    found = _nodes(_select().where(_c.id == node_id))
    return found[0] if found else None


def search(text: str) -> list[dict]:
    """The nodes that have `text` somewhere in their name; % and _ stand for others, as in Nova."""
    return _nodes(_select().where(_c.hypervisor_hostname.like(f'%{text}%')))


@engine.retry_on_conflict
def register(nodes: list[dict]) -> None:
    """Add nodes, or bring what those that are there have up to date.

    Each has host, hypervisor_hostname, vcpus, memory_mb, local_gb, reserved_memory_mb,
    reserved_local_gb, and the driver's facts (columns). A new one begins with what the servers on
    its host use.
    """
    with engine.writer() as conn:
        known = {(row.host, row.hypervisor_hostname): row
                 for row in conn.execute(sa.select(t.compute_nodes))}
        used = None
        for node in nodes:
            facts = dict(node)
            reserved = facts.pop('reserved_memory_mb'), facts.pop('reserved_local_gb')
            row = known.get((node['host'], node['hypervisor_hostname']))
            if row is None:
                if used is None:
                    used = _used(conn, [node['host'] for node in nodes])
                facts |= _usage(facts, reserved, used.get(node['host'], (0, 0, 0, 0)))
                query.insert_ignore(conn, t.compute_nodes, facts)
            elif any(getattr(row, name) != value for name, value in facts.items()):
                facts['free_ram_mb'] = facts['memory_mb'] - _c.memory_mb_used
                facts['free_disk_gb'] = facts['local_gb'] - _c.local_gb_used
                conn.execute(t.compute_nodes.update().where(_c.id == row.id).values(**facts))


def _used(conn: sa.Connection, hosts: list[str]) -> dict[str, tuple]:
    """(servers, vcpus, MiB of memory, GiB of disk) of the servers on each of `hosts`."""
    rows = conn.execute(sa.select(_i.host, sa.func.count(), *_sums())
                        .where(_i.host.in_(hosts), _i.deleted == 0).group_by(_i.host))
    return {host: tuple(int(number or 0) for number in numbers) for host, *numbers in rows}


def _sums() -> list[sa.ColumnElement]:
    return [sa.func.sum(column)
            for column in (_i.vcpus, _i.memory_mb, _i.root_gb + _i.ephemeral_gb)]


def _usage(facts: dict, reserved: tuple[int, int], used: tuple) -> dict:
    servers, vcpus, memory_mb, local_gb = used
    memory_mb += reserved[0]
    local_gb += reserved[1]
    return {'running_vms': servers, 'vcpus_used': vcpus, 'memory_mb_used': memory_mb,
            'local_gb_used': local_gb, 'free_ram_mb': facts['memory_mb'] - memory_mb,
            'free_disk_gb': facts['local_gb'] - local_gb}


def claim(conn: sa.Connection, host: str, node: str, vcpus: int, memory_mb: int, local_gb: int,
          limits: dict[str, float]) -> bool:
    """Give out so much of a node. Whether it was there and had room.

    limits: 'vcpus', 'memory_mb', 'local_gb' -> how many times what the node has may be given out;
    what is not named is not limited.
    """
    return _use(conn, host, node, 1, vcpus, memory_mb, local_gb, limits)


def release(conn: sa.Connection, host: str, node: str, vcpus: int, memory_mb: int,
            local_gb: int) -> bool:
    """Take back what was claimed. Whether the node is still there."""
    return _use(conn, host, node, -1, -vcpus, -memory_mb, -local_gb, {})


def _use(conn: sa.Connection, host: str, node: str, servers: int, vcpus: int, memory_mb: int,
         local_gb: int, limits: dict[str, float]) -> bool:
    return conn.execute(_used_by(tuple(limits)), {
        'on_host': host, 'on_node': node, 'servers': servers, 'by_vcpus': vcpus,
        'by_memory_mb': memory_mb, 'by_local_gb': local_gb,
        **{f'times_{name}': times for name, times in limits.items()}}).rowcount > 0


@functools.lru_cache(maxsize=16)
def _used_by(limited: tuple[str, ...]) -> sa.Update:
    """Counts by_NAME more of a node on_host, on_node; up to times_NAME what it has of the limited."""
    by = {name: sa.bindparam(f'by_{name}', type_=sa.Integer) for name in _SIZES}
    room = [_c[f'{name}_used'] + by[name]
            <= _c[name] * sa.bindparam(f'times_{name}', type_=sa.Float) for name in limited]
    # Nothing here may depend on another column of the statement: MariaDB sets them one by one.
    return t.compute_nodes.update().where(
        _c.host == sa.bindparam('on_host'), _c.hypervisor_hostname == sa.bindparam('on_node'), *room,
    ).values(
        running_vms=_c.running_vms + sa.bindparam('servers', type_=sa.Integer),
        vcpus_used=_c.vcpus_used + by['vcpus'],
        memory_mb_used=_c.memory_mb_used + by['memory_mb'],
        free_ram_mb=_c.free_ram_mb - by['memory_mb'],
        local_gb_used=_c.local_gb_used + by['local_gb'],
        free_disk_gb=_c.free_disk_gb - by['local_gb'])


@engine.retry_on_conflict
def update(host: str, **values) -> bool:
    """Change powered_on or maintenance of the nodes of `host`. Whether there are any."""
    with engine.writer() as conn:
        return conn.execute(t.compute_nodes.update().where(_c.host == host)
                            .values(**values)).rowcount > 0


def servers_on(hosts: list[str]) -> list[tuple[str, str, int]]:
    """(host, uuid, id) of the living servers on `hosts`."""
    with engine.reader() as conn:
        return [tuple(row) for row in conn.execute(
            sa.select(_i.host, _i.uuid, _i.id).where(_i.host.in_(hosts), _i.deleted == 0)
            .order_by(_i.id))]


def used_by_project(host: str) -> dict[str, dict]:
    """By project, the vcpus, memory_mb and local_gb of its servers on `host`."""
    with engine.reader() as conn:
        rows = conn.execute(sa.select(_i.project_id, *_sums()).where(
            _i.host == host, _i.deleted == 0).group_by(_i.project_id).order_by(_i.project_id))
        return {project: {'vcpus': int(vcpus or 0), 'memory_mb': int(memory_mb or 0),
                          'local_gb': int(local_gb or 0)}
                for project, vcpus, memory_mb, local_gb in rows}
