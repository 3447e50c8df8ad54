"""Queries of the scheduler: what there is to know of hosts, and where other servers are."""

import sqlalchemy as sa

from minova.db import aggregates, engine, query
from minova.db import tables as t

_i = t.instances.c
_n, _s = t.compute_nodes.c, t.services.c
_HOST_STATES = (
    sa.select(*(column for column in _n if column.name not in ('created_at', 'updated_at')),
              _s.disabled, _s.forced_down, _s.last_seen_up, _s.created_at, _s.updated_at)
    .join(t.services, sa.and_(_s.host == _n.host, _s.binary == 'nova-compute', _s.deleted == 0))
    .order_by(_n.id))


def host_states() -> tuple[list[dict], list[tuple[str, int, str, str]]]:
    """(compute nodes with disabled, forced_down, last_seen_up, created_at and updated_at of their
    nova-compute; (host, aggregate id, key, value) for all metadata of their aggregates).
    """
    with engine.reader() as conn:
        return query.dicts(conn.execute(_HOST_STATES)), aggregates.host_metadata(conn)


def hosts_of_servers(uuids: list[str], project_id: str) -> dict[str, str]:
    """Server -> host, for those of these living servers of the project that are on one."""
    with engine.reader() as conn:
        return {uuid: host for uuid, host in conn.execute(
            sa.select(_i.uuid, _i.host).where(
                _i.uuid.in_(uuids), _i.project_id == project_id, _i.deleted == 0,
                _i.host.is_not(None)))}


def server_group(uuid: str, except_servers: list[str]) -> tuple[set[str], set[str]]:
    """(policies, hosts that its living members are on) of a server group, empty for none."""
    g, p, m = t.instance_groups.c, t.instance_group_policies.c, t.instance_group_members.c
    policies = (sa.select(sa.literal('policy').label('kind'), p.policy.label('value'))
                .join(t.instance_groups, g.id == p.group_id).where(g.uuid == uuid))
    hosts = (sa.select(sa.literal('host'), _i.host)
             .select_from(t.instance_groups
                          .join(t.instance_group_members, m.group_id == g.id)
                          .join(t.instances, _i.uuid == m.instance_uuid))
             .where(g.uuid == uuid, _i.deleted == 0, _i.host.is_not(None),
                    _i.uuid.not_in(except_servers)))
    found = {'policy': set(), 'host': set()}
    with engine.reader() as conn:
        for kind, value in conn.execute(policies.union(hosts)):
            found[kind].add(value)
    return found['policy'], found['host']
