"""The scheduler: chooses hosts for servers.

It reads what all hosts have, drops those that a configured filter does not let pass, and takes that
with the most free memory. It only chooses: the claim (compute/claims.py) decides.
"""

import random
from collections.abc import Sequence

from minova import exception
from minova.compute import claims, filters, zones
from minova.conf import CONF
from minova.db import scheduling

_REASON = 'There are not enough hosts available.'


def place(conn, request_spec: dict) -> tuple[str, str]:
    """Choose a (host, node) for one server and claim its share, in the transaction of `conn`.

    The request is as for select_destinations. Raises NoValidHost.
    """
    forced = bool(request_spec.get('force_host') or request_spec.get('force_node'))
    full: list[tuple[str, str]] = []
    while True:
        host, node = _select(request_spec, full)[0]
        try:
            claims.claim(conn, host, node, request_spec['flavor'], forced)
        except exception.ComputeResourcesUnavailable:
            full.append((host, node))       # by somebody else, since we looked
            continue
        return host, node


def select_destinations(request_spec: dict) -> list[tuple[str, str]]:
    """A (host, node) for each of `num_instances` servers, by two SQL statements, four with hints.

    request_spec: flavor (dict with extra_specs), project_id, and optionally
        num_instances (1), instance_uuids (of the servers to be placed)
        availability_zone (name, or None for any)
        force_host, force_node: only this one, whatever the filters say
        ignore_hosts: list of hosts that it must not be, as in a resize or an evacuation
        scheduler_hints: {'group': uuid, 'same_host': [uuids], 'different_host': [uuids]}
        image: dict with `properties`
        retry: list of (host, node) that have been tried

    Raises NoValidHost when not all of them find a host.
    """
    return _select(request_spec, ())


def _select(request_spec: dict, full: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    hosts = _hosts()
    for name, column in (('force_host', 'host'), ('force_node', 'hypervisor_hostname')):
        if request_spec.get(name):
            hosts = [host for host in hosts if host[column] == request_spec[name]]
    ignored = request_spec.get('ignore_hosts') or ()
    hosts = [host for host in hosts if host['host'] not in ignored
             and (host['host'], host['hypervisor_hostname']) not in full]
    forced = request_spec.get('force_host') or request_spec.get('force_node')
    wanted = [] if forced else _configured_filters()
    request = _request(request_spec)
    chosen = []
    for _ in range(request_spec.get('num_instances') or 1):
        passed = [host for host in hosts if all(f(host, request) for f in wanted)]
        if not passed:
            raise exception.NoValidHost(reason=_REASON)
        passed.sort(key=lambda host: -(host['free_ram_mb'] or 0))
        host = random.choice(passed[:CONF.scheduler_host_subset_size])
        _consume(host, request)
        chosen.append((host['host'], host['hypervisor_hostname']))
    return chosen


def _configured_filters() -> list:
    try:
        return [filters.FILTERS[name] for name in CONF.scheduler_default_filters]
    except KeyError as e:
        raise exception.SchedulerHostFilterNotFound(filter_name=e.args[0]) from None


def _hosts() -> list[dict]:
    """All hosts, as filters want to see them."""
    hosts, metadata = scheduling.host_states()
    aggregates: dict[str, dict[int, dict]] = {}
    for host, aggregate, key, value in metadata:
        aggregates.setdefault(host, {}).setdefault(aggregate, {})[key] = value
    for host in hosts:
        host['aggregates'] = aggregates.get(host['host'], {})
        host['zone'] = zones.of_aggregates(host['aggregates'].values())
    return hosts


def _request(spec: dict) -> filters.Request:
    """The request with what its hints mean looked up."""
    hints = spec.get('scheduler_hints') or {}
    request = filters.Request(
        flavor=spec['flavor'], availability_zone=spec.get('availability_zone'),
        image_properties=(spec.get('image') or {}).get('properties') or {},
        tried=frozenset(tuple(pair) for pair in spec.get('retry') or ()))
    same, different = _uuids(hints.get('same_host')), _uuids(hints.get('different_host'))
    if same or different:
        places = scheduling.hosts_of_servers(same + different, spec['project_id'])
        request.same_hosts = {places.get(uuid) for uuid in same} if same else None
        request.different_hosts = {places[uuid] for uuid in different if uuid in places}
    group = _uuids(hints.get('group'))
    if group:
        request.group_policies, request.group_hosts = scheduling.server_group(
            group[-1], spec.get('instance_uuids') or [])
    return request


def _uuids(hint: str | list[str] | None) -> list[str]:
    """Hints are written as one id or as a list."""
    if not hint:
        return []
    return [hint] if isinstance(hint, str) else [text for text in hint if isinstance(text, str)]


def _consume(host: dict, request: filters.Request) -> None:
    """Count a server on `host`, for those that come after it in the same request."""
    flavor = request.flavor
    local_gb = flavor['root_gb'] + flavor['ephemeral_gb']
    for name, amount in (('vcpus_used', flavor['vcpus']), ('memory_mb_used', flavor['memory_mb']),
                         ('local_gb_used', local_gb), ('free_ram_mb', -flavor['memory_mb']),
                         ('free_disk_gb', -local_gb), ('running_vms', 1)):
        host[name] = (host[name] or 0) + amount
    request.group_hosts.add(host['host'])
