"""The scheduler's filters: what a host must be like to get a server.

A filter is a function of a host and a `Request` that answers whether the host passes; FILTERS names
them as [DEFAULT]scheduler_default_filters does. A host is a dict: the columns of its compute node,
those of its service that tell whether it is up, `zone`, and `aggregates` ({id: {key: value}}).
"""

import dataclasses
import operator

from minova import jsonutils
from minova.compute import servicegroup
from minova.conf import CONF


@dataclasses.dataclass
class Request:
    """What is asked of the scheduler, and what it has looked up for it."""

    flavor: dict
    availability_zone: str | None = None
    image_properties: dict = dataclasses.field(default_factory=dict)
    tried: frozenset = frozenset()          # (host, node) that could not build it
    same_hosts: set[str] | None = None      # of the servers that it is to be near; None: of nobody
    different_hosts: set[str] = dataclasses.field(default_factory=set)
    group_policies: set[str] = dataclasses.field(default_factory=set)
    group_hosts: set[str] = dataclasses.field(default_factory=set)


def _all_hosts(host: dict, request: Request) -> bool:
    return True


def _compute(host: dict, request: Request) -> bool:
    return not host['disabled'] and not host['maintenance'] and servicegroup.is_up(host)


def _retry(host: dict, request: Request) -> bool:
    return (host['host'], host['hypervisor_hostname']) not in request.tried


def _availability_zone(host: dict, request: Request) -> bool:
    wanted = request.availability_zone
    return not wanted or wanted in host['zone'].split(',')


def _ram(host: dict, request: Request) -> bool:
    return _fits(host, 'memory_mb', request.flavor['memory_mb'], CONF.ram_allocation_ratio)


def _core(host: dict, request: Request) -> bool:
    return _fits(host, 'vcpus', request.flavor['vcpus'], CONF.cpu_allocation_ratio)


def _disk(host: dict, request: Request) -> bool:
    flavor = request.flavor
    return _fits(host, 'local_gb', flavor['root_gb'] + flavor['ephemeral_gb'],
                 CONF.disk_allocation_ratio)


def _fits(host: dict, name: str, amount: int, ratio: float) -> bool:
    return host[f'{name}_used'] + amount <= host[name] * ratio


def _different_host(host: dict, request: Request) -> bool:
    return host['host'] not in request.different_hosts


def _same_host(host: dict, request: Request) -> bool:
    return request.same_hosts is None or host['host'] in request.same_hosts


def _anti_affinity(host: dict, request: Request) -> bool:
    return 'anti-affinity' not in request.group_policies or host['host'] not in request.group_hosts


def _affinity(host: dict, request: Request) -> bool:
    return ('affinity' not in request.group_policies or not request.group_hosts
            or host['host'] in request.group_hosts)


def _image_properties(host: dict, request: Request) -> bool:
    """Whether the hypervisor runs guests of the architecture, type and mode of the image."""
    image = request.image_properties
    wanted = [image.get('architecture'), image.get('hypervisor_type'), image.get('vm_mode')]
    if not any(wanted):
        return True
    return any(all(want is None or str(want).lower() == has
                   for want, has in zip(wanted, supported, strict=True))
               for supported in host['supported_instances'] or ())


# ---- extra specs of flavors

def _compute_capabilities(host: dict, request: Request) -> bool:
    capabilities = None
    for key, wanted in _extra_specs(request.flavor, 'capabilities'):
        if capabilities is None:
            capabilities = _capabilities(host)
        value = capabilities
        for part in key:
            value = value.get(part) if isinstance(value, dict) else None
        if value is None or not matches(str(value), wanted):
            return False
    return True


def _aggregate_extra_specs(host: dict, request: Request) -> bool:
    for key, wanted in _extra_specs(request.flavor, 'aggregate_instance_extra_specs'):
        values = [metadata[':'.join(key)] for metadata in host['aggregates'].values()
                  if ':'.join(key) in metadata]
        if not any(matches(value, wanted) for value in values):
            return False
    return True


def _extra_specs(flavor: dict, scope: str):
    """(parts of the key, value) of the flavor's extra specs that are of `scope` or of none."""
    for key, value in (flavor.get('extra_specs') or {}).items():
        parts = key.split(':')
        if len(parts) == 1:
            yield parts, value
        elif parts[0] == scope:
            yield parts[1:], value


def _capabilities(host: dict) -> dict:
    """The host's figures, under the names that operators use in extra specs."""
    return host | {
        'cpu_info': jsonutils.loads(host['cpu_info'] or '{}'), 'vcpus_total': host['vcpus'],
        'total_usable_ram_mb': host['memory_mb'], 'total_usable_disk_gb': host['local_gb'],
        'free_disk_mb': (host['free_disk_gb'] or 0) * 1024, 'num_instances': host['running_vms']}


_NUMBERS = {'=': operator.ge, '==': operator.eq, '!=': operator.ne, '>=': operator.ge,
            '<=': operator.le}
_TEXTS = {'s==': operator.eq, 's!=': operator.ne, 's<': operator.lt, 's<=': operator.le,
          's>': operator.gt, 's>=': operator.ge}


def matches(value: str, wanted: str) -> bool:
    """Whether `value` is as an extra spec wants it: '= 4', 's== kvm', '<in> avx', '<or> a <or> b'.

    As in Nova, `=` means at least; without an operator the texts must be equal.
    """
    words = wanted.split()
    if not words:
        return value == wanted
    word, rest = words[0], words[1:]
    if word == '<or>':
        return value in [text.strip() for text in wanted.split('<or>')[1:]]
    if word == '<in>':
        return ' '.join(rest) in value
    if word == '<all-in>':
        return all(text in value for text in rest if text != '<all-in>')
    if word in _TEXTS:
        return _TEXTS[word](value, ' '.join(rest))
    if word in _NUMBERS:
        try:
            return _NUMBERS[word](float(value), float(' '.join(rest)))
        except ValueError:
            return False
    return value == wanted


FILTERS = {
    'AggregateInstanceExtraSpecsFilter': _aggregate_extra_specs,
    'AllHostsFilter': _all_hosts,
    'AvailabilityZoneFilter': _availability_zone,
    'ComputeCapabilitiesFilter': _compute_capabilities,
    'ComputeFilter': _compute,
    'CoreFilter': _core,
    'DifferentHostFilter': _different_host,
    'DiskFilter': _disk,
    'ImagePropertiesFilter': _image_properties,
    'RamFilter': _ram,
    'RetryFilter': _retry,
    'SameHostFilter': _same_host,
    'ServerGroupAffinityFilter': _affinity,
    'ServerGroupAntiAffinityFilter': _anti_affinity,
}
