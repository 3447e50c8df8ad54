"""Servers that change their size or host, come back from the dead, or go in steps; what they hold."""

import datetime

import pytest

from minova.compute import quotas, work
from minova.conf import CONF
from minova.db import compute_nodes, engine, services
from minova.db import instances as db_instances
from minova.db import tables as t
from tests.functional.api.test_server_actions import IMAGE, act, boot, put_into, state


@pytest.fixture
def set_option():
    """set_option(name, value, group): for this test."""
    before = []

    def change(name, value, group=None):
        before.append((name, CONF[group][name] if group else CONF[name], group))
        CONF.set_override(name, value, group)
    yield change
    for name, value, group in reversed(before):
        CONF.set_override(name, value, group)


@pytest.fixture
def second_host(client):
    services.register([('compute2', 'nova-compute')])
    compute_nodes.register([{
        'host': 'compute2', 'hypervisor_hostname': 'compute2', 'hypervisor_type': 'fake',
        'hypervisor_version': 1000, 'vcpus': 8, 'memory_mb': 16384, 'local_gb': 1000,
        'supported_instances': [['x86_64', 'fake', 'hvm']], 'reserved_memory_mb': 0,
        'reserved_local_gb': 0}])
    return 'compute2'


def used(host):
    node, = compute_nodes.get_all(host)
    return node['running_vms'], node['vcpus_used'], node['local_gb_used']


def counted(client, project='admin'):
    usage = quotas.QuotaAPI().get_usages(None, project)
    return tuple(usage[name]['in_use'] for name in ('instances', 'cores', 'ram'))


def host_of(client, server_id):
    return client.get(f'/servers/{server_id}').json['server']['OS-EXT-SRV-ATTR:host']


def migrations():
    with engine.reader() as conn:
        return [tuple(row) for row in conn.execute(
            t.migrations.select().with_only_columns(
                t.migrations.c.migration_type, t.migrations.c.status).order_by(t.migrations.c.id))]


def due_now():
    """Carry out what waits for its time."""
    with engine.writer() as conn:
        conn.execute(t.work_items.update().where(t.work_items.c.not_before.is_not(None)).values(
            not_before=datetime.datetime(2000, 1, 1)))
    work.engine()._take_over()


# ---- sizes

def test_a_confirmed_resize_counts_and_holds_the_new_size(client, second_host, set_option):
    set_option('allow_resize_to_same_host', False)
    before = {host: used(host) for host in ('compute', 'compute2')}
    server_id = boot(client)
    source = host_of(client, server_id)
    assert act(client, server_id, {'resize': {'flavorRef': '3'}}).status == 202
    assert state(client, server_id) == 'resized'
    dest = host_of(client, server_id)
    assert dest != source
    assert counted(client) == (1, 2, 4096)
    assert used(source) != before[source] and used(dest) != before[dest]
    assert act(client, server_id, {'confirmResize': None}).status == 204
    assert state(client, server_id) == 'active'
    assert used(source) == before[source]
    assert migrations() == [('resize', 'confirmed')]
    client.delete(f'/servers/{server_id}')
    assert counted(client) == (0, 0, 0)
    assert used(dest) == before[dest]


def test_a_reverted_resize_leaves_no_trace(client, second_host, set_option):
    set_option('allow_resize_to_same_host', False)
    server_id = boot(client)
    source = host_of(client, server_id)
    with_it = used('compute'), used('compute2')
    act(client, server_id, {'os-stop': None})
    assert act(client, server_id, {'resize': {'flavorRef': '2'}}).status == 202
    assert act(client, server_id, {'revertResize': None}).status == 202
    assert state(client, server_id) == 'stopped'
    assert host_of(client, server_id) == source
    assert client.get(f'/servers/{server_id}').json['server']['flavor']['id'] == '1'
    assert (used('compute'), used('compute2')) == with_it
    assert counted(client) == (1, 1, 512)
    assert migrations() == [('resize', 'reverted')]


def test_a_smaller_size_counts_less_only_when_it_is_confirmed(client):
    answer = client.post('/servers', {'server': {'name': 'big', 'imageRef': IMAGE, 'flavorRef': '3'}})
    server_id = answer.json['server']['id']
    act(client, server_id, {'resize': {'flavorRef': '2'}})
    assert counted(client) == (1, 2, 4096)
    act(client, server_id, {'confirmResize': None})
    assert counted(client) == (1, 1, 2048)


def test_a_server_deleted_in_the_middle_of_a_resize_gives_everything_back(
        client, second_host, set_option):
    set_option('allow_resize_to_same_host', False)
    before = used('compute'), used('compute2')
    server_id = boot(client)
    act(client, server_id, {'resize': {'flavorRef': '3'}})
    assert client.delete(f'/servers/{server_id}').status == 204
    assert (used('compute'), used('compute2')) == before
    assert counted(client) == (0, 0, 0)


def test_no_host_for_a_resize_is_a_400_and_changes_nothing(client, set_option):
    set_option('allow_resize_to_same_host', False)
    server_id = boot(client)
    answer = act(client, server_id, {'resize': {'flavorRef': '2'}})
    assert (answer.status, answer.message) == (
        400, 'No valid host was found. No valid host found for resize')
    assert act(client, server_id, {'migrate': None}).message == (
        'No valid host was found. No valid host found for cold migrate')
    assert state(client, server_id) == 'active'
    assert counted(client) == (1, 1, 512)


def test_a_resize_that_nobody_confirms_confirms_itself(client, set_option):
    set_option('resize_confirm_window', 3600)
    server_id = boot(client)
    act(client, server_id, {'resize': {'flavorRef': '2'}})
    assert state(client, server_id) == 'resized'
    due_now()
    assert state(client, server_id) == 'active'
    # and one that somebody has reverted, or resized again, is left alone
    act(client, server_id, {'resize': {'flavorRef': '3'}})
    act(client, server_id, {'revertResize': None})
    due_now()
    assert client.get(f'/servers/{server_id}').json['server']['flavor']['id'] == '2'


def test_a_resize_without_its_migration_was_none(client):
    server_id = boot(client)
    put_into(server_id, 'resized')
    for name in ('confirmResize', 'revertResize'):
        answer = act(client, server_id, {name: None})
        assert (answer.status, answer.message) == (400, 'Instance has not been resized.')


# ---- hosts

def test_a_live_migration_moves_the_server_and_its_share(client, second_host):
    server_id = boot(client)
    source = host_of(client, server_id)
    dest = {'compute': 'compute2', 'compute2': 'compute'}[source]
    answer = act(client, server_id, {'os-migrateLive': {
        'host': dest, 'block_migration': False, 'disk_over_commit': False}})
    assert answer.status == 202
    assert (state(client, server_id), host_of(client, server_id)) == ('active', dest)
    assert used(source)[0] == 0 and used(dest)[0] == 1
    assert migrations() == [('live-migration', 'completed')]
    actions = client.get(f'/servers/{server_id}/os-instance-actions').json['instanceActions']
    assert actions[0]['action'] == 'live-migration'


def test_a_live_migration_without_another_host_is_refused(client):
    server_id = boot(client)
    answer = act(client, server_id, {'os-migrateLive': {
        'host': None, 'block_migration': False, 'disk_over_commit': False}})
    assert (answer.status, answer.message) == (
        400, 'No valid host was found. There are not enough hosts available.')
    assert state(client, server_id) == 'active'


def test_an_evacuation_takes_the_server_off_a_dead_host(client, second_host):
    server_id = boot(client)
    source = host_of(client, server_id)
    dest = {'compute': 'compute2', 'compute2': 'compute'}[source]
    answer = act(client, server_id, {'evacuate': {'onSharedStorage': False}})
    assert (answer.status, answer.message) == (
        400, f'Compute service of {source} is still in use.')
    services.update(source, 'nova-compute', {'forced_down': True})
    answer = act(client, server_id, {'evacuate': {'onSharedStorage': False, 'adminPass': 'secret'}})
    assert (answer.status, answer.json) == (200, {'adminPass': 'secret'})
    assert (state(client, server_id), host_of(client, server_id)) == ('active', dest)
    assert used(source)[0] == 0 and used(dest)[0] == 1


# ---- the end in steps

def test_a_soft_deleted_server_can_be_restored(client, set_option):
    set_option('reclaim_instance_interval', 3600)
    server_id = boot(client)
    assert client.delete(f'/servers/{server_id}').status == 204
    assert state(client, server_id) == 'soft-delete'
    assert client.get(f'/servers/{server_id}').json['server']['status'] == 'SOFT_DELETED'
    assert counted(client) == (0, 0, 0)
    assert client.delete(f'/servers/{server_id}').status == 204
    assert act(client, server_id, {'restore': None}).status == 202
    assert state(client, server_id) == 'active'
    assert counted(client) == (1, 1, 512)
    due_now()       # the time of the first deletion does not count any more
    assert state(client, server_id) == 'active'


def test_a_soft_deleted_server_is_listed_as_a_deleted_one(client, set_option):
    set_option('reclaim_instance_interval', 3600)
    server_id, other = client.boot()['id'], client.boot()['id']
    assert client.delete(f'/servers/{server_id}').status == 204
    for query, found in (('', [other]), ('?status=soft_deleted', []), ('?deleted=1', [server_id])):
        assert [s['id'] for s in client.get(f'/servers{query}').json['servers']] == found


def test_a_deleted_server_still_shows_its_addresses_but_no_metadata_and_no_security_groups(client):
    server_id = boot(client, metadata={'a': 'b'})
    before = client.get(f'/servers/{server_id}').json['server']
    assert before['addresses']
    assert client.delete(f'/servers/{server_id}').status == 204
    for query in ('?deleted=1', '?changes-since=2011-01-01T00:00:00Z'):
        server, = client.get(f'/servers/detail{query}').json['servers']
        assert (server['status'], server['addresses']) == ('DELETED', before['addresses'])
        assert server['metadata'] == {}
        assert 'security_groups' not in server


@pytest.mark.parametrize('reclaimed', [0, 3600])
@pytest.mark.parametrize('offloaded', [0, -1])
def test_the_image_of_a_shelved_server_goes_with_it(client, set_option, reclaimed, offloaded):
    set_option('reclaim_instance_interval', reclaimed)
    set_option('shelved_offload_time', offloaded)
    server_id = boot(client)
    assert act(client, server_id, {'shelve': None}).status == 202
    assert len(client.get('/images?name=web-shelved').json['images']) == 1
    assert client.delete(f'/servers/{server_id}').status == 204
    assert client.get('/images?name=web-shelved').json['images'] == []


def test_a_soft_deleted_server_goes_when_its_time_is_over(client, set_option):
    set_option('reclaim_instance_interval', 3600)
    server_id = boot(client)
    client.delete(f'/servers/{server_id}')
    due_now()
    assert state(client, server_id) is None
    assert counted(client) == (0, 0, 0)


def test_a_soft_deleted_server_is_counted_once_when_it_is_deleted_for_good(client, set_option):
    set_option('reclaim_instance_interval', 3600)
    first, second = boot(client), boot(client)
    client.delete(f'/servers/{first}')
    assert act(client, first, {'forceDelete': None}).status == 202
    assert state(client, first) is None
    assert counted(client) == (1, 1, 512)
    assert state(client, second) == 'active'


def test_no_room_for_a_restored_server(client, set_option):
    set_option('reclaim_instance_interval', 3600)
    server_id = boot(client)
    client.delete(f'/servers/{server_id}')
    set_option('quota_instances', 0)
    answer = act(client, server_id, {'restore': None})
    assert answer.status == 403 and answer.message.startswith('Quota exceeded for instances')
    assert state(client, server_id) == 'soft-delete'


def test_shelved_servers_leave_their_host_when_configured(client, set_option):
    set_option('shelved_offload_time', 3600)
    server_id = boot(client)
    act(client, server_id, {'shelve': None})
    assert state(client, server_id) == 'shelved'
    images = client.get('/images?name=web-shelved').json['images']
    assert len(images) == 1
    due_now()
    assert (state(client, server_id), host_of(client, server_id)) == ('shelved_offloaded', None)
    assert used('compute')[0] == 0
    act(client, server_id, {'unshelve': None})
    assert (state(client, server_id), host_of(client, server_id)) == ('active', 'compute')
    assert client.get('/images?name=web-shelved').json['images'] == []


def test_backups_rotate(client):
    server_id = boot(client)
    for number in range(4):
        assert act(client, server_id, {'createBackup': {
            'name': f'backup-{number}', 'backup_type': 'daily', 'rotation': 2}}).status == 202
    act(client, server_id, {'createBackup': {
        'name': 'weekly', 'backup_type': 'weekly', 'rotation': 1}})
    names = {i['name'] for i in client.get('/images').json['images']}
    assert {n for n in names if n.startswith(('backup', 'weekly'))} == {
        'backup-2', 'backup-3', 'weekly'}
    answer = act(client, server_id, {'createBackup': {
        'name': 'none', 'backup_type': 'daily', 'rotation': 0}})
    assert answer.status == 202 and 'Location' not in answer.headers
    assert {i['name'] for i in client.get('/images').json['images']} & {
        'backup-2', 'backup-3', 'none'} == set()


# ---- dying in the middle

@pytest.mark.parametrize('name, body, task_states, end', [
    ('stop_instance', {'os-stop': None}, ['powering-off'], 'stopped'),
    ('rebuild_instance', {'rebuild': {'imageRef': IMAGE}},
     ['rebuilding', 'rebuild_block_device_mapping', 'rebuild_spawning'], 'active'),
    ('resize_instance', {'resize': {'flavorRef': '2'}},
     ['resize_prep', 'resize_migrating', 'resize_finish'], 'resized'),
    ('shelve_instance', {'shelve': None},
     ['shelving', 'shelving_image_uploading', 'shelving_offloading'], 'shelved_offloaded'),
])
def test_work_that_died_anywhere_is_done_from_there(client, monkeypatch, name, body, task_states, end):
    """The process dies at the n-th write of the work; the work is then taken up again."""
    for task_state in task_states:
        before = used('compute')
        server_id = boot(client)
        _die_in(monkeypatch, task_state)
        with pytest.raises(Died):
            act(client, server_id, body)
        monkeypatch.undo()
        assert db_instances.get(server_id)['task_state'] == task_state
        with engine.writer() as conn:
            conn.execute(t.work_items.update().values(owner=None, lease_expires_at=None))
        work.engine()._take_over()
        assert state(client, server_id) == end, task_state
        assert _work_items() == 0
        client.delete(f'/servers/{server_id}')
        assert used('compute') == before, task_state
        assert counted(client) == (0, 0, 0)


class Died(BaseException):
    """What no method of the manager can catch, like the end of its process."""


def _die_in(monkeypatch, task_state):
    """The process dies as soon as some server has that task, and before it has the next."""
    swap = db_instances.compare_and_swap

    def die_before_swap(conn, uuid, expected, values):
        if expected.get('task_state') == task_state:
            raise Died()
        return swap(conn, uuid, expected, values)
    monkeypatch.setattr(db_instances, 'compare_and_swap', die_before_swap)


def _work_items() -> int:
    with engine.reader() as conn:
        return len(conn.execute(t.work_items.select()).all())


# ---- failing

def test_a_failure_is_a_fault_and_an_error_among_the_events(client, set_option):
    set_option('failure_share', {'rescue': '1'}, 'fake')
    set_option('failure_message', 'no power', 'fake')
    server_id = boot(client)
    assert act(client, server_id, {'rescue': None}).status == 200
    server = client.get(f'/servers/{server_id}').json['server']
    assert (server['status'], server['fault']['message']) == ('ERROR', 'no power')
    action = client.get(f'/servers/{server_id}/os-instance-actions').json['instanceActions'][0]
    assert (action['action'], action['message']) == ('rescue', 'Error')
    shown = client.get(f"/servers/{server_id}/os-instance-actions/{action['request_id']}")
    assert [(e['event'], e['result']) for e in shown.json['instanceAction']['events']] == [
        ('compute_rescue_instance', 'Error')]
    member = client.as_user('demo').get(
        f"/servers/{server_id}/os-instance-actions/{action['request_id']}")
    assert 'events' not in member.json['instanceAction']


@pytest.mark.parametrize('body, kind, end', [
    ({'pause': None}, 'pause', 'active'), ({'os-stop': None}, 'stop', 'active'),
    ({'createImage': {'name': 'i'}}, 'snapshot', 'active'),
    ({'resize': {'flavorRef': '2'}}, 'resize', 'error'),
    ({'rebuild': {'imageRef': IMAGE}}, 'rebuild', 'error'),
])
def test_what_fails_leaves_nothing_behind(client, set_option, body, kind, end):
    server_id = boot(client)
    before = used('compute'), counted(client)
    set_option('failure_share', {kind: '1'}, 'fake')
    assert act(client, server_id, body).status == 202
    assert state(client, server_id) == end
    assert (used('compute'), counted(client)) == before
    assert client.get('/images?name=i').json['images'] == []


@pytest.mark.parametrize('tracked, after', [(True, ('SHUTOFF', 4)), (False, ('ACTIVE', 1))])
def test_confirmed_resize_of_a_stopped_server(client, set_option, tracked, after):
    set_option('track_power_state', tracked, 'fake')
    server_id = boot(client)
    act(client, server_id, {'os-stop': None})
    act(client, server_id, {'resize': {'flavorRef': '2'}})
    act(client, server_id, {'confirmResize': None})
    server = client.get(f'/servers/{server_id}').json['server']
    assert (server['status'], server['OS-EXT-STS:power_state']) == after


def test_power_state_follows(client, set_option):
    set_option('track_power_state', True, 'fake')
    server_id = boot(client)
    seen = []
    for action in ('os-stop', 'os-start', 'pause', 'unpause', 'suspend', 'resume', 'shelve'):
        act(client, server_id, {action: None})
        seen.append(client.get(f'/servers/{server_id}').json['server']['OS-EXT-STS:power_state'])
    assert seen == [4, 1, 3, 1, 7, 1, 0]
