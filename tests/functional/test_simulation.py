"""The simulated hypervisors are as slow, as unreliable and as dead as they are told to be, while they run."""

import time

import pytest

from minova.conf import CONF
from minova.db import engine
from minova.db import tables as t
from minova.virt import simulation
from tests.client import Client
from tests.functional.api.test_server_actions import act, boot, state

URL = '/os-minova-simulator'


@pytest.fixture(scope='module')
def controlled_app(configured):
    CONF.set_override('enable_control', True, 'fake')
    yield Client.load()
    CONF.clear_override('enable_control', 'fake')


@pytest.fixture
def controlled(controlled_app, client):
    """The API with the control extension, over the database of `client`."""
    return controlled_app


def tell(client, **what):
    answer = client.post(URL, {'simulator': what})
    assert answer.status == 200, answer.text
    return answer.json['simulator']


def test_it_is_not_there_unless_it_is_switched_on(client):
    assert client.get(URL).status == 404


def test_it_is_for_administrators(controlled):
    member = controlled.as_user('demo')
    for answer in (member.get(URL), member.post(URL, {'simulator': {}}), member.delete(URL)):
        assert answer.status == 403
        assert answer.message == (
            "Policy doesn't allow os_compute_api:os-minova-simulator to be performed.")


def test_what_was_set_is_shown_and_forgotten(controlled):
    shown = tell(controlled, transitions={'build': '1-2', 'stop': 0.5},
                 failures={'resize': {'share': 0.5, 'message': 'no luck'}})
    assert shown['transitions'] == {'build': '1-2', 'stop': 0.5}
    assert shown['failures'] == {'resize': {'next': 0, 'share': 0.5, 'message': 'no luck'}}
    assert tell(controlled, transitions={'stop': 1})['transitions'] == {'build': '1-2', 'stop': 1}
    assert controlled.delete(URL).status == 204
    shown = controlled.get(URL).json['simulator']
    assert (shown['transitions'], shown['failures'], shown['hosts_down']) == ({}, {}, [])


@pytest.mark.parametrize('what, message', [
    ({'transitions': {'fly': 1}}, 'Invalid input received: There is no transition fly'),
    ({'transitions': {'build': '5-1'}},
     "Invalid input received: '5-1' is neither a number of seconds nor a range of them"),
    ({'failures': {'build': {'next': -1}}},
     'Invalid input received: next must be a whole number of at least 0.'),
    ({'failures': {'build': {'share': 2}}},
     'Invalid input received: share must be a number from 0 to 1.'),
])
def test_nonsense_is_refused(controlled, what, message):
    answer = controlled.post(URL, {'simulator': what})
    assert (answer.status, answer.message) == (400, message)


def test_a_transition_takes_as_long_as_it_is_told(controlled):
    server_id = boot(controlled)
    tell(controlled, transitions={'stop': '0.3-0.4'})
    began = time.monotonic()
    act(controlled, server_id, {'os-stop': None})
    assert time.monotonic() - began >= 0.3


def test_the_next_so_many_fail(controlled):
    tell(controlled, failures={'build': {'next': 2, 'message': 'out of smoke'}})
    servers = [boot(controlled) for _ in range(3)]
    assert [state(controlled, each) for each in servers] == ['error', 'error', 'active']
    fault = controlled.get(f'/servers/{servers[0]}').json['server']['fault']
    assert fault['message'] == 'out of smoke'
    assert controlled.get(URL).json['simulator']['failures']['build']['next'] == 0


def test_a_share_fails(controlled):
    server_id = boot(controlled)
    tell(controlled, failures={'pause': {'share': 1}})
    act(controlled, server_id, {'pause': None})
    assert state(controlled, server_id) == 'active'
    tell(controlled, failures={'pause': {'share': 0}})
    act(controlled, server_id, {'pause': None})
    assert state(controlled, server_id) == 'paused'


def test_a_host_that_is_down_does_nothing_until_it_is_up(controlled):
    server_id = boot(controlled)
    assert tell(controlled, hosts={'compute': 'down'})['hosts_down'] == ['compute']
    assert act(controlled, server_id, {'os-stop': None}).status == 202
    server = controlled.get(f'/servers/{server_id}').json['server']
    assert server['OS-EXT-STS:task_state'] == 'powering-off'
    lost = controlled.post('/servers', {'server': {
        'name': 'lost', 'imageRef': server['image']['id'], 'flavorRef': '1'}}).json['server']['id']
    assert state(controlled, lost) == 'error'
    tell(controlled, hosts={'compute': 'up'})
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if controlled.get(f'/servers/{server_id}').json['server']['status'] == 'SHUTOFF':
            break
        time.sleep(0.1)
    assert state(controlled, server_id) == 'stopped'
    answer = controlled.post(URL, {'simulator': {'hosts': {'nowhere': 'down'}}})
    assert (answer.status, answer.message) == (404, 'Compute host nowhere could not be found.')


def test_a_server_on_a_dead_host_can_be_deleted(controlled):
    server_id = boot(controlled)
    tell(controlled, hosts={'compute': 'down'})
    assert controlled.delete(f'/servers/{server_id}').status == 204
    assert state(controlled, server_id) is None


def test_the_clock_stops_and_jumps(controlled):
    before = tell(controlled, clock={'frozen': True})['clock']
    assert before['frozen']
    time.sleep(0.05)
    assert controlled.get(URL).json['simulator']['clock'] == before
    after = tell(controlled, clock={'advance': 3600, 'frozen': False})['clock']
    assert not after['frozen'] and after['now'] > before['now']


def test_time_that_is_advanced_brings_what_waits_for_its_time(controlled):
    CONF.set_override('shelved_offload_time', 3600)
    try:
        server_id = boot(controlled)
        act(controlled, server_id, {'shelve': None})
        with engine.reader() as conn:
            due = conn.execute(t.work_items.select()).one().not_before
        tell(controlled, clock={'advance': 3600})
        with engine.reader() as conn:
            item = conn.execute(t.work_items.select()).first()
        assert item is None or (due - item.not_before).total_seconds() == 3600
    finally:
        CONF.clear_override('shelved_offload_time')


@pytest.mark.parametrize('text, expected', [('2', (2, 2)), (0.5, (0.5, 0.5)), ('1-5', (1, 5))])
def test_seconds(text, expected):
    assert simulation.parse_seconds(text) == expected


@pytest.mark.parametrize('text', ['', 'x', '-1', '3-2', 'nan', 'inf', '1-2-3'])
def test_no_seconds(text):
    with pytest.raises(ValueError):
        simulation.parse_seconds(text)
