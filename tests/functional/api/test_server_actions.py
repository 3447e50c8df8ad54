"""What can be done to servers: every action from every state, who may, what it costs, who comes first."""

import threading

import pytest

from minova import context, image
from minova.compute import actions
from minova.compute.api_power import PowerAPI
from minova.conf import CONF
from minova.db import engine
from minova.db import instances as db_instances

IMAGE = '70a599e0-31e7-49b7-b260-868f441e862b'
VM_STATES = ('active', 'building', 'paused', 'suspended', 'stopped', 'rescued', 'resized',
             'soft-delete', 'error', 'shelved', 'shelved_offloaded')

# Nova 12's own rules, as a person would write them down: body, where it is accepted, what it ends as.
SAME = 'same'
WALK = {
    'START': ({'os-start': None}, 'stopped', 'active'),
    'STOP': ({'os-stop': None}, 'active error', 'stopped'),
    'REBOOT_SOFT': ({'reboot': {'type': 'SOFT'}}, 'active', 'active'),
    'REBOOT_HARD': ({'reboot': {'type': 'HARD'}}, 'active stopped paused suspended error', 'active'),
    'PAUSE': ({'pause': None}, 'active', 'paused'),
    'UNPAUSE': ({'unpause': None}, 'paused', 'active'),
    'SUSPEND': ({'suspend': None}, 'active', 'suspended'),
    'RESUME': ({'resume': None}, 'suspended', 'active'),
    'RESCUE': ({'rescue': None}, 'active stopped error', 'rescued'),
    'UNRESCUE': ({'unrescue': None}, 'rescued', 'active'),
    'CHANGE_PASSWORD': ({'changePassword': {'adminPass': 'x'}}, 'active', 'active'),
    'CREATE_IMAGE': ({'createImage': {'name': 'i'}}, 'active stopped paused suspended', SAME),
    'CREATE_BACKUP': ({'createBackup': {'name': 'b', 'backup_type': 'daily', 'rotation': 1}},
                      'active stopped paused suspended', SAME),
    'SHELVE': ({'shelve': None}, 'active stopped paused suspended', 'shelved_offloaded'),
    'SHELVE_OFFLOAD': ({'shelveOffload': None}, 'shelved', 'shelved_offloaded'),
    'UNSHELVE': ({'unshelve': None}, 'shelved shelved_offloaded', 'active'),
    'REBUILD': ({'rebuild': {'imageRef': IMAGE}}, 'active stopped error',
                {'active': 'active', 'error': 'active', 'stopped': 'stopped'}),
    'RESIZE': ({'resize': {'flavorRef': '2'}}, 'active stopped', 'resized'),
    'MIGRATE': ({'migrate': None}, 'active stopped', 'resized'),
    'FORCE_DELETE': ({'forceDelete': None}, ' '.join(VM_STATES), None),
    'RESTORE': ({'restore': None}, 'soft-delete', 'active'),
    'LOCK': ({'lock': None}, ' '.join(VM_STATES), SAME),
    'UNLOCK': ({'unlock': None}, ' '.join(VM_STATES), SAME),
    'RESET_STATE': ({'os-resetState': {'state': 'error'}}, ' '.join(VM_STATES), 'error'),
    'RESET_NETWORK': ({'resetNetwork': None}, ' '.join(VM_STATES), SAME),
    'INJECT_NETWORK_INFO': ({'injectNetworkInfo': None}, ' '.join(VM_STATES), SAME),
    'CONSOLE_OUTPUT': ({'os-getConsoleOutput': {}}, ' '.join(
        s for s in VM_STATES if s != 'shelved_offloaded'), SAME),
    'CONSOLE': ({'os-getVNCConsole': {'type': 'novnc'}}, ' '.join(
        s for s in VM_STATES if s != 'shelved_offloaded'), SAME),
}
# These need more than a state; they have tests of their own.
ELSEWHERE = {'EVACUATE', 'CONFIRM_RESIZE', 'REVERT_RESIZE', 'LIVE_MIGRATE', 'DELETE', 'SOFT_DELETE',
             'DIAGNOSTICS'}


def boot(client, name='web', **kwargs) -> str:
    answer = client.post('/servers', {'server': {
        'name': name, 'imageRef': IMAGE, 'flavorRef': '1', **kwargs}})
    assert answer.status == 202, answer.text
    return answer.json['server']['id']


def act(client, server_id, body, **kwargs):
    return client.post(f'/servers/{server_id}/action', body, **kwargs)


def state(client, server_id):
    answer = client.get(f'/servers/{server_id}')
    if answer.status == 404:
        return None
    server = answer.json['server']
    assert server['OS-EXT-STS:task_state'] is None
    return server['OS-EXT-STS:vm_state']


def put_into(server_id, vm_state, **values):
    if vm_state == 'shelved_offloaded':
        values |= {'host': None, 'node': None}
    with engine.writer() as conn:
        db_instances.update(conn, server_id, {'vm_state': vm_state, 'task_state': None, **values})


def test_the_walk_knows_all_actions():
    assert set(WALK) | ELSEWHERE == set(actions.ALL)


@pytest.mark.parametrize('key', WALK)
def test_every_action_from_every_state(client, key):
    body, accepted_in, end = WALK[key]
    name = actions.ALL[key].name
    CONF.set_override('quota_instances', -1)
    CONF.set_override('quota_cores', -1)
    try:
        for vm_state in VM_STATES:
            server_id = boot(client)
            put_into(server_id, vm_state)
            answer = act(client, server_id, body)
            if vm_state in accepted_in.split():
                assert answer.status in (200, 202), (key, vm_state, answer.text)
                expected = end[vm_state] if isinstance(end, dict) else vm_state if end == SAME else end
            else:
                assert answer.status == 409, (key, vm_state, answer.text)
                host_first = actions.ALL[key].host and vm_state == 'shelved_offloaded'
                assert answer.message == (
                    f'Instance {server_id} is not ready' if host_first else
                    f"Cannot '{name}' instance {server_id} while it is in vm_state {vm_state}")
                expected = vm_state
            assert state(client, server_id) == expected, (key, vm_state)
    finally:
        CONF.clear_override('quota_instances')
        CONF.clear_override('quota_cores')


def test_the_walk_agrees_with_the_table():
    for key, (_body, accepted_in, _end) in WALK.items():
        action = actions.ALL[key]
        if action.vm_states is not actions.ANY:
            assert set(accepted_in.split()) == action.vm_states, key


def test_a_locked_server_refuses_members_and_no_administrator(client):
    member = client.as_user('demo')
    server_id = boot(member)
    assert act(member, server_id, {'lock': None}).status == 202
    answer = act(member, server_id, {'os-stop': None})
    assert (answer.status, answer.message) == (409, f'Instance {server_id} is locked')
    answer = act(member, server_id, {'changePassword': {'adminPass': 'x'}})
    assert answer.message == f"Instance {server_id} is in an invalid state for 'changePassword'"
    assert member.delete(f'/servers/{server_id}').status == 409
    assert act(member, server_id, {'createImage': {'name': 'i'}}).status == 202
    assert act(client, server_id, {'os-stop': None}).status == 202
    assert act(member, server_id, {'unlock': None}).status == 202
    assert act(member, server_id, {'os-start': None}).status == 202


def test_nobody_but_an_administrator_takes_away_an_administrators_lock(client):
    member = client.as_user('demo', 'blue')
    server_id = boot(member)
    assert act(client, server_id, {'lock': None}).status == 202      # of another project
    answer = act(member, server_id, {'unlock': None})
    assert (answer.status, answer.message) == (
        403, "Policy doesn't allow os_compute_api:os-lock-server:unlock:unlock_override to be "
             "performed.")
    assert act(client, server_id, {'unlock': None}).status == 202
    assert act(member, server_id, {'os-stop': None}).status == 202


@pytest.mark.parametrize('body, rule', [
    ({'migrate': None}, 'os-migrate-server:migrate'),
    ({'os-resetState': {'state': 'active'}}, 'os-admin-actions:reset_state'),
    ({'resetNetwork': None}, 'os-admin-actions:reset_network'),
    ({'injectNetworkInfo': None}, 'os-admin-actions:inject_network_info'),
    ({'shelveOffload': None}, 'os-shelve:shelve_offload'),
    ({'evacuate': {'onSharedStorage': False}}, 'os-evacuate'),
])
def test_what_is_for_administrators(client, body, rule):
    member = client.as_user('demo')
    answer = act(member, boot(member), body)
    assert (answer.status, answer.message) == (
        403, f"Policy doesn't allow os_compute_api:{rule} to be performed.")


def test_another_projects_server_is_not_there(client):
    server_id = boot(client.as_user('demo', 'blue'))
    answer = act(client.as_user('demo', 'green'), server_id, {'os-stop': None})
    assert answer.status == 404


def test_of_ten_stops_exactly_one_is_accepted(any_client):
    client = any_client
    server_id = boot(client)
    answers, barrier = [], threading.Barrier(10)
    CONF.set_override('action_seconds', 0.5, 'fake')

    def stop():
        barrier.wait()
        answers.append(act(client, server_id, {'os-stop': None}))
    threads = [threading.Thread(target=stop) for _ in range(10)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        CONF.set_override('action_seconds', 0.0, 'fake')
    assert sorted(a.status for a in answers) == [202] + [409] * 9
    # Who comes late, on a busy machine, finds it stopped.
    assert {a.message for a in answers if a.status == 409} <= {
        f"Cannot 'stop' instance {server_id} while it is in {state}"
        for state in ('task_state powering-off', 'vm_state stopped')}
    listed = client.get(f'/servers/{server_id}/os-instance-actions').json['instanceActions']
    assert [a['action'] for a in listed] == ['stop', 'create']
    assert state(client, server_id) == 'stopped'


# Reading and writing by the request, and by the work behind it, which is done inline here.
STATEMENTS = {'os-start': 9, 'os-stop': 9, 'pause': 9, 'suspend': 9, 'lock': 2, 'rescue': 10,
              'reboot': 11, 'createImage': 16, 'shelve': 20, 'rebuild': 15, 'resize': 26,
              'forceDelete': 26}


@pytest.mark.parametrize('name', STATEMENTS)
def test_an_action_costs_a_constant_number_of_statements(client, name):
    body = next((b for b, _, _ in WALK.values() if name in b), None)
    start = 'stopped' if name == 'os-start' else 'active'
    counts = []
    for others in (0, 5):
        for number in range(others):
            boot(client, f'other-{number}', metadata={'n': str(number)})
        server_id = boot(client)
        put_into(server_id, start)
        with engine.count_statements() as seen:
            assert act(client, server_id, body).status in (200, 202)
        counts.append(len(seen.statements))
    assert counts[0] == counts[1]
    assert counts[0] <= STATEMENTS[name], seen.statements


def test_a_server_is_rescued_without_an_image_that_is_not_to_be_seen(client, monkeypatch):
    """As Nova does it with one that is gone; but it takes what belongs to other projects."""
    member, taken = client.as_user('demo', 'blue'), []
    monkeypatch.setattr(PowerAPI, '_accept', lambda self, context, instance, action, **arguments:
                        taken.append(arguments['rescue_image_ref']))
    server_id = boot(member)
    secret = image.API().create(context.RequestContext(
        user_id='v', project_id='green', is_admin=False, overwrite=False), {
            'name': 'secret', 'status': 'active', 'disk_format': 'raw', 'container_format': 'bare'})
    for image_id in (IMAGE, secret['id'], 'a26887c6-c47b-4654-abb5-dfadf7d3f803'):
        assert act(member, server_id, {'rescue': {'rescue_image_ref': image_id}}).status == 200
    assert taken == [IMAGE, None, None]


def test_a_server_is_rescued_although_its_image_is_gone(client):
    made = image.API().create(context.get_admin_context(), {
        'name': 'short-lived', 'status': 'active', 'visibility': 'public', 'disk_format': 'raw',
        'container_format': 'bare'})
    server_id = boot(client, imageRef=made['id'])
    image.API().delete(context.get_admin_context(), made['id'])
    act(client, server_id, {'rescue': None})
    assert state(client, server_id) == 'rescued'


def test_whatever_shows_the_whole_server_says_whether_it_is_locked_from_2_9_on(client):
    server_id = boot(client)
    for locked in (False, True):
        if locked:
            act(client, server_id, {'lock': None})
        answers = [lambda **kwargs: client.get(f'/servers/{server_id}', **kwargs),
                   lambda **kwargs: client.put(f'/servers/{server_id}', {'server': {}}, **kwargs),
                   lambda **kwargs: act(client, server_id, {'rebuild': {'imageRef': IMAGE}}, **kwargs)]
        for answer in answers:
            assert answer(version='2.9').json['server']['locked'] is locked
            assert 'locked' not in answer(version='2.8').json['server']


@pytest.mark.parametrize('kwargs', [{}, {'imageRef': IMAGE}])
def test_what_cannot_be_done_to_a_server_whose_root_disk_is_a_volume(client, kwargs):
    answer = client.post('/servers', {'server': {
        'name': 'web', 'flavorRef': '1', **kwargs, 'block_device_mapping_v2': [{
            'boot_index': 0, 'uuid': IMAGE, 'source_type': 'image', 'destination_type': 'volume',
            'volume_size': 1}]}})
    assert answer.status == 202, answer.text
    server_id = answer.json['server']['id']
    assert state(client, server_id) == 'active'
    backup = {'createBackup': {'name': 'b', 'backup_type': 'daily', 'rotation': 1}}
    for body, message in (
            ({'rescue': None}, f'Instance {server_id} cannot be rescued: '
                               'Cannot rescue a volume-backed instance'),
            (backup, 'The request is invalid.')):
        answer = act(client, server_id, body)
        assert (answer.status, answer.message) == (400, message)
    put_into(server_id, 'rescued')
    for body in ({'rescue': None}, backup):
        assert act(client, server_id, body).status == 409
    for vm_state, status in (('paused', 409), ('suspended', 409), ('stopped', 202)):
        put_into(server_id, vm_state)
        answer = act(client, server_id, {'createImage': {'name': 'i'}})
        assert answer.status == status, vm_state
        if status == 409:
            assert answer.message == (
                f"Cannot 'createImage' instance {server_id} while it is in vm_state {vm_state}")
