"""Hosts of the default backend, and the simulated deployment that they are.

At start the services of the deployment ([fake]services) and the hypervisors of its hosts
([fake]hosts) are entered in the database, and from then on the process reports for them.
"""

from minova import exception, jsonutils
from minova.compute import contract, servicegroup, zones
from minova.compute.claims import claim, release
from minova.conf import CONF
from minova.db import compute_nodes, engine, migration_records, query, services

__all__ = ['HostAPI', 'claim', 'load_fixtures', 'register', 'release', 'unregister']

COMPUTE = 'nova-compute'
_FIGURES = ('vcpus', 'memory_mb', 'local_gb', 'vcpus_used', 'memory_mb_used', 'local_gb_used',
            'free_ram_mb', 'free_disk_gb', 'current_workload', 'running_vms',
            'disk_available_least')
_CPU_INFO = jsonutils.dumps({
    'arch': 'x86_64', 'model': 'Nehalem', 'vendor': 'Intel', 'features': ['pge', 'clflush'],
    'topology': {'cores': 1, 'threads': 1, 'sockets': 4}})
_POWER_ACTIONS = {'startup': True, 'reboot': True, 'shutdown': False}

_reporter = servicegroup.Reporter()


class HostAPI(contract.HostAPI):

    def get_host_zones(self, context):
        return zones.shown()

    def service_get_all(self, context, host=None, binary=None, disabled=None,
                        availability_zone=None):
        host_zones = zones.host_zones()
        found = [_service(row) | {'availability_zone': host_zones.of_service(row)}
                 for row in services.get_all(host=host, binary=binary, disabled=disabled)]
        if availability_zone is None:
            return found
        return [s for s in found if s['availability_zone'] == availability_zone]

    def service_update(self, context, host, binary, **values):
        if not services.update(host, binary, values):
            raise exception.HostBinaryNotFound(host=host, binary=binary)

    def service_delete(self, context, service_id):
        if not query.is_id(service_id) or not services.delete(service_id):
            raise exception.ServiceNotFound(service_id=service_id)

    def compute_node_get_all(self, context, host=None):
        return [_node(row) for row in compute_nodes.get_all(host)]

    def compute_node_get(self, context, compute_id):
        row = compute_nodes.get(compute_id) if query.is_id(compute_id) else None
        if row is None:
            raise exception.ComputeHostNotFound(host=compute_id)
        return _node(row)

    def compute_node_search_by_hypervisor(self, context, hypervisor_match):
        return [_node(row) for row in compute_nodes.search(hypervisor_match)]

    def compute_node_statistics(self, context):
        nodes = [row for row in compute_nodes.get_all() if not row['service']['disabled']]
        return {'count': len(nodes)} | {
            name: sum(row[name] or 0 for row in nodes) for name in _FIGURES}

    def instance_get_all_by_hosts(self, context, hosts):
        servers = {host: [] for host in hosts}
        for host, uuid, number in compute_nodes.servers_on(hosts):
            servers[host].append({'uuid': uuid, 'name': _instance_name(number, uuid)})
        return servers

    def resources_by_project(self, context, host):
        return compute_nodes.used_by_project(host)

    def get_migrations(self, context, filters):
        return migration_records.get_all(filters)

    def set_host_enabled(self, context, host, enabled):
        if not services.update(host, COMPUTE, {'disabled': not enabled, 'disabled_reason': None}):
            raise exception.ComputeHostNotFound(host=host)
        return 'enabled' if enabled else 'disabled'

    def set_host_maintenance(self, context, host, mode):
        if not compute_nodes.update(host, maintenance=mode):
            raise exception.ComputeHostNotFound(host=host)
        return 'on_maintenance' if mode else 'off_maintenance'

    def host_power_action(self, context, host, action):
        # A host that is switched off reports no longer, and so is down after service_down_time.
        if not compute_nodes.update(host, powered_on=_POWER_ACTIONS[action]):
            raise exception.ComputeHostNotFound(host=host)
        return action

    def get_host_uptime(self, context, host):
        service = services.get(host, COMPUTE)
        if service is None:
            raise exception.ComputeHostNotFound(host=host)
        if not servicegroup.is_up(service):
            raise exception.ComputeServiceUnavailable(host=host)
        raise NotImplementedError('a simulated host was never booted')


def _service(row: dict) -> dict:
    return row | {'up': servicegroup.is_up(row)}


def _node(row: dict) -> dict:
    return row | {'service': _service(row['service'])}


def _instance_name(number: int, uuid: str) -> str:
    template = CONF.instance_name_template
    try:
        return template % number
    except TypeError:
        return template % {'uuid': uuid, 'id': number}


# ---- the deployment

@engine.retry_on_conflict
def register() -> None:
    """Enter the simulated deployment in the database, and begin to report for its services."""
    hosts = CONF.fake.hosts
    wanted = []
    for binary in CONF.fake.services:
        wanted += ([(host, binary) for host in hosts] if binary == COMPUTE
                   else [(binary.removeprefix('nova-'), binary)])
    nodes = CONF.fake.nodes + hosts[len(CONF.fake.nodes):]
    with engine.writer():
        _reporter.add(services.register(wanted))
        compute_nodes.register([
            _facts(host, node) for host, node in zip(hosts, nodes, strict=False)])
    _reporter.start()


def unregister() -> None:
    """Stop reporting; the services will be found down in a while."""
    _reporter.stop()


@engine.retry_on_conflict
def load_fixtures(items: list[dict]) -> None:
    """Enter further services of the deployment: {'binary', 'host'} each."""
    with engine.writer():
        _reporter.add(services.register([(item['host'], item['binary']) for item in items]))


def _facts(host: str, node: str) -> dict:
    """What the hypervisor `node` of `host` reports about itself."""
    return {
        'host': host, 'hypervisor_hostname': node, 'hypervisor_type': 'fake',
        'hypervisor_version': 1000, 'host_ip': '127.0.0.1', 'cpu_info': _CPU_INFO,
        'disk_available_least': 0, 'vcpus': CONF.fake.vcpus, 'memory_mb': CONF.fake.memory_mb,
        'local_gb': CONF.fake.local_gb,
        'supported_instances': [['x86_64', 'fake', 'hvm'], ['i686', 'fake', 'hvm']],
        'reserved_memory_mb': CONF.reserved_host_memory_mb,
        'reserved_local_gb': -(-CONF.reserved_host_disk_mb // 1024),
    }
