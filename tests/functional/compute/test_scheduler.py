"""The scheduler over a database: where servers go, and that no host is given out twice."""

import threading

import pytest

from minova import exception
from minova.compute import claims, host, scheduler
from minova.conf import CONF
from minova.db import compute_nodes, engine
from minova.db import tables as t
from tests.databases import *  # noqa: F403
from tests.functional.servers import add_server

SMALL = {'vcpus': 1, 'memory_mb': 512, 'root_gb': 1, 'ephemeral_gb': 0, 'extra_specs': {}}


def deploy(*hosts, **figures):
    """Simulated hosts with these figures."""
    for name, value in ({'hosts': list(hosts)} | figures).items():
        CONF.set_override(name, value, 'fake')
    host.register()


@pytest.fixture(autouse=True)
def undone():
    before = {name: CONF.fake[name] for name in ('hosts', 'memory_mb', 'vcpus', 'local_gb', 'nodes')}
    CONF.set_override('nodes', [], 'fake')
    yield
    host.unregister()
    for name, value in before.items():
        CONF.set_override(name, value, 'fake')
    CONF.clear_override('scheduler_default_filters')


def places(number=1, **spec):
    return [host for host, _node in scheduler.select_destinations(
        {'flavor': SMALL, 'project_id': 'blue', 'num_instances': number} | spec)]


def test_servers_spread(embedded_database):
    deploy('a', 'b', 'c')
    with engine.count_statements() as seen:
        assert sorted(places(6)) == ['a', 'a', 'b', 'b', 'c', 'c']
    assert seen.count == 2


def test_nodes_have_names_of_their_own(embedded_database):
    CONF.set_override('nodes', ['n1'], 'fake')
    deploy('a', 'b')
    found = scheduler.select_destinations({'flavor': SMALL, 'num_instances': 2})
    assert sorted(found) == [('a', 'n1'), ('b', 'b')]


def test_no_room(embedded_database):
    deploy('a', memory_mb=1024)
    # 512 MiB are kept for the host; 1.5 times 1024 may be given out.
    assert places(2) == ['a', 'a']
    with pytest.raises(exception.NoValidHost) as caught:
        places(3)
    assert caught.value.message == (
        'No valid host was found. There are not enough hosts available.')


def test_forced(embedded_database):
    deploy('a', 'b', memory_mb=512)
    assert places(force_host='b') == ['b']
    assert places(force_node='a') == ['a']
    with pytest.raises(exception.NoValidHost):
        places(force_host='nosuch')
    with engine.writer() as conn:
        assert scheduler.place(conn, {
            'flavor': SMALL | {'memory_mb': 9999}, 'force_host': 'b'}) == ('b', 'b')


def test_ignored_and_tried(embedded_database):
    deploy('a', 'b')
    assert places(2, ignore_hosts=['a']) == ['b', 'b']
    assert places(2, retry=[['b', 'b']]) == ['a', 'a']


def test_hints(embedded_database):
    deploy('a', 'b', 'c')
    CONF.set_override('scheduler_default_filters', ['SameHostFilter', 'DifferentHostFilter'])
    on_a, on_b = add_server(host='a'), add_server(host='b')
    foreign = add_server(host='a', project_id='red')
    assert places(3, scheduler_hints={'same_host': on_a}) == ['a'] * 3
    assert places(scheduler_hints={'different_host': [on_a, on_b]}) == ['c']
    assert len(set(places(3, scheduler_hints={'different_host': foreign}))) == 3
    with pytest.raises(exception.NoValidHost):
        places(scheduler_hints={'same_host': foreign})


@pytest.mark.parametrize(('policy', 'hosts'), [
    ('anti-affinity', ['b', 'c']), ('affinity', ['a', 'a'])])
def test_server_groups(embedded_database, policy, hosts):
    deploy('a', 'b', 'c')
    group = 'e4f2b9a8-0000-4000-8000-000000000001'
    with engine.writer() as conn:
        conn.execute(t.instance_groups.insert().values(
            id=1, uuid=group, user_id='u', project_id='blue'))
        conn.execute(t.instance_group_policies.insert().values(group_id=1, policy=policy))
        conn.execute(t.instance_group_members.insert().values(
            group_id=1, instance_uuid=add_server(host='a')))
        new = add_server(host=None)
        conn.execute(t.instance_group_members.insert().values(group_id=1, instance_uuid=new))
    with engine.count_statements() as seen:
        chosen = places(2, scheduler_hints={'group': group}, instance_uuids=[new])
    assert sorted(chosen) == hosts
    assert seen.count == 3


def test_unknown_filter(embedded_database):
    deploy('a')
    CONF.set_override('scheduler_default_filters', ['NoSuchFilter'])
    with pytest.raises(exception.SchedulerHostFilterNotFound):
        places()


def test_concurrent_builds_share_what_there_is(database):
    """Ten at once, room for three on each of two hosts."""
    deploy('a', 'b', memory_mb=1024)
    CONF.set_override('scheduler_default_filters', ['RamFilter'])
    flavor = SMALL | {'memory_mb': 341}     # 3 * 341 + 512 <= 1.5 * 1024 < 4 * 341 + 512
    outcomes = []

    @engine.retry_on_conflict
    def build():
        with engine.writer() as conn:
            return scheduler.place(conn, {'flavor': flavor})[0]

    def try_to_build():
        try:
            outcomes.append(build())
        except exception.NoValidHost:
            outcomes.append('none')

    threads = [threading.Thread(target=try_to_build) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == ['a'] * 3 + ['b'] * 3 + ['none'] * 4
    for node in compute_nodes.get_all():
        assert (node['memory_mb_used'], node['running_vms']) == (512 + 3 * 341, 3)


def test_claims_are_exact(database):
    deploy('a', memory_mb=1024)
    with engine.writer() as conn:
        claims.claim(conn, 'a', 'a', SMALL)
        claims.claim(conn, 'a', 'a', SMALL)
        with pytest.raises(exception.ComputeResourcesUnavailable):
            claims.claim(conn, 'a', 'a', SMALL)
        claims.release(conn, 'a', 'a', SMALL)
        claims.claim(conn, 'a', 'a', SMALL)
        with pytest.raises(exception.ComputeResourcesUnavailable):
            claims.claim(conn, 'a', 'nosuch', SMALL)
    node, = compute_nodes.get_all()
    assert (node['vcpus_used'], node['memory_mb_used'], node['free_ram_mb'], node['local_gb_used'],
            node['running_vms']) == (2, 1536, -512, 2, 2)


def test_registering_again_changes_only_what_differs(database):
    deploy('a', memory_mb=1024)
    with engine.writer() as conn:
        claims.claim(conn, 'a', 'a', SMALL)
    host.unregister()
    deploy('a', 'b', memory_mb=2048)
    a, b = compute_nodes.get_all()
    assert (a['id'], a['memory_mb'], a['memory_mb_used'], a['free_ram_mb']) == (
        1, 2048, 1024, 1024)
    assert b['memory_mb_used'] == 512


def test_a_new_hypervisor_begins_with_the_servers_that_are_there(database):
    add_server(host='a', vcpus=3)
    add_server(host='a', deleted=9)
    deploy('a')
    node, = compute_nodes.get_all()
    assert (node['running_vms'], node['vcpus_used'], node['memory_mb_used']) == (1, 3, 1024)


def test_two_zones_at_once(database):
    """Of two requests that would put a host into two zones, one is refused."""
    from minova.compute import aggregates
    deploy('a')
    api = aggregates.AggregateAPI()
    ids = [api.create_aggregate(None, name, name)['id'] for name in ('north', 'south')]
    refused = []

    def add(aggregate_id):
        try:
            api.add_host_to_aggregate(None, aggregate_id, 'a')
        except exception.InvalidAggregateActionAdd:
            refused.append(aggregate_id)

    threads = [threading.Thread(target=add, args=(aggregate_id,)) for aggregate_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(refused) == 1
    assert sum(len(a['hosts']) for a in api.get_aggregate_list(None)) == 1
