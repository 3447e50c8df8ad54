"""The scheduler's filters, one host at a time."""

import datetime

import pytest

from minova.compute import filters
from minova.conf import CONF
from minova.conf import scheduler as scheduler_conf
from minova.db.types import utcnow

FLAVOR = {'vcpus': 2, 'memory_mb': 1024, 'root_gb': 10, 'ephemeral_gb': 5}


def host(**values) -> dict:
    return {'host': 'h', 'hypervisor_hostname': 'n', 'disabled': False, 'forced_down': False,
            'maintenance': False, 'last_seen_up': utcnow(), 'zone': 'nova', 'aggregates': {},
            'vcpus': 4, 'vcpus_used': 0, 'memory_mb': 4096, 'memory_mb_used': 512, 'local_gb': 100,
            'local_gb_used': 0, 'free_disk_gb': 100, 'running_vms': 0, 'hypervisor_type': 'fake',
            'cpu_info': '{"arch": "x86_64", "features": ["avx", "pge"]}',
            'supported_instances': [['x86_64', 'fake', 'hvm']]} | values


def passes(name: str, host_values: dict, **request) -> bool:
    return filters.FILTERS[name](host(**host_values), filters.Request(FLAVOR | request.pop(
        'flavor', {}), **request))


LONG_AGO = utcnow() - datetime.timedelta(hours=1)


@pytest.mark.parametrize(('values', 'passed'), [
    ({}, True), ({'disabled': True}, False), ({'forced_down': True}, False),
    ({'last_seen_up': LONG_AGO}, False), ({'maintenance': True}, False)])
def test_compute(values, passed):
    assert passes('ComputeFilter', values) is passed


@pytest.mark.parametrize(('name', 'values', 'passed'), [
    # twice what there is may be given out of memory, 16 times of CPUs, once of disk
    ('RamFilter', {'memory_mb_used': 2 * 4096 - 1024}, True),
    ('RamFilter', {'memory_mb_used': 2 * 4096 - 1023}, False),
    ('CoreFilter', {'vcpus_used': 62}, True), ('CoreFilter', {'vcpus_used': 63}, False),
    ('DiskFilter', {'local_gb_used': 85}, True), ('DiskFilter', {'local_gb_used': 86}, False)])
def test_resources(name, values, passed):
    CONF.set_override('ram_allocation_ratio', 2.0)
    try:
        assert passes(name, values) is passed
    finally:
        CONF.clear_override('ram_allocation_ratio')


@pytest.mark.parametrize(('zone', 'wanted', 'passed'), [
    ('nova', None, True), ('nova', 'nova', True), ('nova', 'north', False),
    ('north,south', 'south', True)])
def test_zones(zone, wanted, passed):
    assert passes('AvailabilityZoneFilter', {'zone': zone}, availability_zone=wanted) is passed


def test_places_of_others():
    assert not passes('RetryFilter', {}, tried=frozenset({('h', 'n')}))
    assert passes('RetryFilter', {}, tried=frozenset({('h', 'm')}))
    assert not passes('DifferentHostFilter', {}, different_hosts={'h'})
    assert passes('SameHostFilter', {}, same_hosts={'h'})
    assert not passes('SameHostFilter', {}, same_hosts={None})
    assert passes('SameHostFilter', {})
    group = {'group_policies': {'anti-affinity'}, 'group_hosts': {'h'}}
    assert not passes('ServerGroupAntiAffinityFilter', {}, **group)
    assert passes('ServerGroupAffinityFilter', {}, **group)
    group = {'group_policies': {'affinity'}, 'group_hosts': {'other'}}
    assert passes('ServerGroupAntiAffinityFilter', {}, **group)
    assert not passes('ServerGroupAffinityFilter', {}, **group)
    assert passes('ServerGroupAffinityFilter', {}, group_policies={'affinity'})


@pytest.mark.parametrize(('properties', 'passed'), [
    ({}, True), ({'architecture': 'x86_64'}, True), ({'architecture': 'ppc64'}, False),
    ({'architecture': 'x86_64', 'vm_mode': 'xen'}, False), ({'hypervisor_type': 'FAKE'}, True)])
def test_image_properties(properties, passed):
    assert passes('ImagePropertiesFilter', {}, image_properties=properties) is passed


@pytest.mark.parametrize(('specs', 'passed'), [
    ({}, True), ({'hypervisor_type': 'fake'}, True), ({'hypervisor_type': 's== xen'}, False),
    ({'capabilities:cpu_info:arch': 'x86_64'}, True), ({'vcpus_total': '>= 5'}, False),
    ({'capabilities:cpu_info:features': '<in> avx'}, True), ({'nosuch': 'x'}, False),
    ({'hw:numa_nodes': '2'}, True)])
def test_capabilities(specs, passed):
    assert passes('ComputeCapabilitiesFilter', {}, flavor={'extra_specs': specs}) is passed


@pytest.mark.parametrize(('specs', 'passed'), [
    ({'ssd': 'true'}, True), ({'aggregate_instance_extra_specs:ssd': 'true'}, True),
    ({'ssd': 'false'}, False), ({'gpu': '1'}, False), ({'hw:gpu': '1'}, True)])
def test_aggregate_specs(specs, passed):
    aggregates = {1: {'ssd': 'true'}, 2: {'rack': '7'}}
    assert passes('AggregateInstanceExtraSpecsFilter', {'aggregates': aggregates},
                  flavor={'extra_specs': specs}) is passed


@pytest.mark.parametrize(('value', 'wanted', 'matched'), [
    ('4', '4', True), ('4', '5', False), ('4', '= 3', True), ('4', '== 4', True),
    ('4', '!= 4', False), ('4', '<= 3', False), ('x', '>= 3', False),
    ('b', '<or> a <or> b', True), ('c', '<or> a', False),
    ('avx sse', '<all-in> avx <all-in> sse', True), ('avx', '<all-in> avx <all-in> sse', False),
    ('b', 's> a', True), ('b', 's!= b', False), ('', '', True)])
def test_extra_specs(value, wanted, matched):
    assert filters.matches(value, wanted) is matched


def test_every_filter_of_the_default_is_there():
    option = next(o for o in scheduler_conf.filter_opts if o.name == 'scheduler_default_filters')
    assert set(option.default) <= set(filters.FILTERS)
