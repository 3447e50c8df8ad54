"""How the usage of projects looks, and how it is added up."""

import datetime

from minova.api.openstack.compute.views import times


class ViewBuilder:

    def index(self, servers: list[dict], start: datetime.datetime, stop: datetime.datetime,
              detailed: bool) -> list[dict]:
        """The usage of each project that one of `servers` belongs to, from `start` to `stop`."""
        usages: dict[str, dict] = {}
        now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
        for server in servers:
            usage = usages.get(server['project_id'])
            if usage is None:
                usage = usages[server['project_id']] = _nothing(
                    server['project_id'], start, stop, detailed)
            hours = _hours(server, start, stop)
            usage['total_hours'] += hours
            usage['total_vcpus_usage'] += server['vcpus'] * hours
            usage['total_memory_mb_usage'] += server['memory_mb'] * hours
            usage['total_local_gb_usage'] += _local_gb(server) * hours
            if detailed:
                usage['server_usages'].append(_server(server, hours, now))
        return list(usages.values())


def _nothing(project_id: str, start, stop, detailed: bool) -> dict:
    usage = {
        'tenant_id': project_id, 'start': times.microseconds(start),
        'stop': times.microseconds(stop), 'total_hours': 0.0, 'total_vcpus_usage': 0.0,
        'total_memory_mb_usage': 0.0, 'total_local_gb_usage': 0.0}
    if detailed:
        usage['server_usages'] = []
    return usage


def _hours(server: dict, start: datetime.datetime, stop: datetime.datetime) -> float:
    """How long the server ran within the period."""
    ended = server['terminated_at']
    began = max(server['launched_at'], start)
    ended = stop if ended is None else min(ended, stop)
    return max((ended - began).total_seconds(), 0.0) / 3600


def _local_gb(server: dict) -> int:
    return server['root_gb'] + server['ephemeral_gb']


def _server(server: dict, hours: float, now: datetime.datetime) -> dict:
    ended = server['terminated_at']
    return {
        'instance_id': server['uuid'],
        'name': server['display_name'],
        'tenant_id': server['project_id'],
        'flavor': server['flavor_name'],
        'vcpus': server['vcpus'],
        'memory_mb': server['memory_mb'],
        'local_gb': _local_gb(server),
        'started_at': times.microseconds(server['launched_at']),
        'ended_at': times.microseconds(ended),
        'state': server['vm_state'] if ended is None else 'terminated',
        'uptime': int(((ended or now) - server['launched_at']).total_seconds()),
        'hours': hours,
    }
