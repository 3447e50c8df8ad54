"""Hosts, hypervisors and zones: figures that add up from the servers, and what can be done."""

import pytest

from minova.compute import claims
from minova.db import engine
from tests.functional.servers import add_server

SIZE = {'vcpus': 2, 'memory_mb': 1024, 'root_gb': 10, 'ephemeral_gb': 5}


def test_list_of_hosts(client):
    hosts = client.get('/os-hosts').json['hosts']
    assert {'host_name': 'compute', 'service': 'compute', 'zone': 'nova'} in hosts
    assert len(hosts) == 7
    assert [h['host_name'] for h in client.get('/os-hosts?zone=nova').json['hosts']] == ['compute']
    client.put('/os-hosts/compute', {'status': 'disable'})
    assert len(client.get('/os-hosts').json['hosts']) == 6


def test_a_host_adds_up(client):
    add_server(project_id='blue', **SIZE)
    add_server(project_id='blue', **SIZE)
    add_server(project_id='red')
    add_server(project_id='red', deleted=7)
    with engine.writer() as conn:
        claims.claim(conn, 'compute', 'fake-mini', SIZE)
    rows = {r['resource']['project']: r['resource']
            for r in client.get('/os-hosts/compute').json['host']}
    assert list(rows) == ['(total)', '(used_now)', '(used_max)', 'blue', 'red']
    assert (rows['(used_now)']['cpu'], rows['(used_now)']['memory_mb']) == (2, 512 + 1024)
    assert rows['(used_max)'] == {
        'host': 'compute', 'project': '(used_max)', 'cpu': 5, 'memory_mb': 2560, 'disk_gb': 31}
    assert (rows['blue']['cpu'], rows['red']['cpu']) == (4, 1)
    missing = client.get('/os-hosts/nosuch')
    assert (missing.status, missing.message) == (404, 'Compute host nosuch could not be found.')


@pytest.mark.parametrize('body', [{'status': 'enable'}, {'maintenance_mode': 'Enable'}])
def test_unknown_host(client, body):
    answer = client.put('/os-hosts/nosuch', body)
    assert (answer.status, answer.message) == (404, 'Compute host nosuch could not be found.')
    for action in ('startup', 'shutdown', 'reboot'):
        assert client.get(f'/os-hosts/nosuch/{action}').status == 404


def test_bad_switches(client):
    assert client.put('/os-hosts/compute', {'status': 'maybe'}).status == 400
    assert client.put('/os-hosts/compute', {'x': 1}).status == 400
    assert client.put('/os-hosts/compute', {}).json == {'host': 'compute'}


def test_a_hypervisor_adds_up(client):
    with engine.writer() as conn:
        claims.claim(conn, 'compute', 'fake-mini', SIZE)
    before = client.get('/os-hypervisors/1').json['hypervisor']
    assert (before['vcpus_used'], before['running_vms']) == (2, 1)
    assert before['free_ram_mb'] == before['memory_mb'] - 512 - 1024
    assert before['free_disk_gb'] == before['local_gb'] - 15
    statistics = client.get('/os-hypervisors/statistics').json['hypervisor_statistics']
    assert (statistics['count'], statistics['vcpus_used']) == (1, 2)
    with engine.writer() as conn:
        claims.release(conn, 'compute', 'fake-mini', SIZE)
    after = client.get('/os-hypervisors/1').json['hypervisor']
    assert (after['vcpus_used'], after['running_vms'], after['memory_mb_used']) == (0, 0, 512)


def test_servers_of_a_hypervisor(client):
    assert 'servers' not in client.get('/os-hypervisors/fake/servers').json['hypervisors'][0]
    uuid = add_server()
    assert client.get('/os-hypervisors/fake/servers').json['hypervisors'][0]['servers'] == [
        {'name': 'instance-00000001', 'uuid': uuid}]


@pytest.mark.parametrize('text, status', [('%25', 200), ('_', 200), ('e_m', 200), ('f%25i', 200),
                                          ('x', 404), ('m_e', 404)])
def test_search_knows_the_wildcards_of_sql(client, text, status):
    assert client.get(f'/os-hypervisors/{text}/search').status == status


def test_hypervisor_of_a_host_that_is_down(client):
    client.put('/os-services/force-down', {'host': 'compute', 'binary': 'nova-compute',
                                           'forced_down': True}, version='2.11')
    client.put('/os-hosts/compute', {'status': 'disable'})
    summary = client.get('/os-hypervisors').json['hypervisors'][0]
    assert (summary['state'], summary['status']) == ('down', 'disabled')
    answer = client.get('/os-hypervisors/1/uptime')
    assert (answer.status, answer.message) == (
        400, 'Compute service of compute is unavailable at this time.')
    assert client.get('/os-hypervisors/statistics').json['hypervisor_statistics']['count'] == 0


def test_uptime_is_not_supported(client):
    answer = client.get('/os-hypervisors/1/uptime')
    assert (answer.status, answer.message) == (
        501, 'The requested functionality is not supported.')
    assert client.get('/os-hypervisors/99999999999/uptime').status == 404


def test_zone_without_enabled_services(client):
    client.put('/os-hosts/compute', {'status': 'disable'})
    nova = {'zoneName': 'nova', 'zoneState': {'available': False}, 'hosts': None}
    assert client.get('/os-availability-zone').json['availabilityZoneInfo'] == [nova]
    detail = client.get('/os-availability-zone/detail').json['availabilityZoneInfo']
    assert (detail[0]['zoneName'], detail[1]) == ('internal', nova)


@pytest.mark.parametrize(('path', 'rule'), [
    ('/os-hosts', 'os-hosts'), ('/os-hosts/compute', 'os-hosts'),
    ('/os-hosts/compute/reboot', 'os-hosts'), ('/os-hypervisors', 'os-hypervisors'),
    ('/os-hypervisors/1', 'os-hypervisors'), ('/os-hypervisors/x/servers', 'os-hypervisors'),
    ('/os-availability-zone/detail', 'os-availability-zone:detail'),
])
def test_only_for_administrators(client, path, rule):
    answer = client.get(path, user='alice')
    assert (answer.status, answer.message) == (
        403, f"Policy doesn't allow os_compute_api:{rule} to be performed.")
    assert client.get('/os-availability-zone', user='alice').status == 200


@pytest.mark.parametrize(('path', 'statements'), [
    ('/os-hosts', 2), ('/os-hosts/compute', 2), ('/os-hypervisors/detail', 1),
    ('/os-hypervisors/fake/servers', 2), ('/os-hypervisors/statistics', 1),
    ('/os-availability-zone/detail', 2)])
def test_statements(client, path, statements):
    from minova.compute import host
    host.load_fixtures([{'binary': 'nova-cert', 'host': f'h{n}'} for n in range(20)])
    for _ in range(20):
        add_server()
    with engine.count_statements() as seen:
        assert client.get(path).status == 200
    assert seen.count == statements
