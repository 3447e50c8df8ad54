"""Aggregates: who may, what is refused, and that no host is ever in two zones."""

import pytest

from minova.db import engine


@pytest.fixture
def hosts(client):
    """A second compute host beside `compute`."""
    from minova.compute import host
    host.load_fixtures([{'binary': 'nova-compute', 'host': 'other'}])


def create(client, name, zone=None):
    answer = client.post('/os-aggregates', {'aggregate': {'name': name, 'availability_zone': zone}})
    assert answer.status == 200
    return answer.json['aggregate']['id']


def act(client, aggregate, action, **arguments):
    return client.post(f'/os-aggregates/{aggregate}/action', {action: arguments})


def test_life(client):
    made = client.post('/os-aggregates', {'aggregate': {'name': 'rack', 'availability_zone': 'a'}})
    assert made.status == 200
    assert 'hosts' not in made.json['aggregate'] and 'metadata' not in made.json['aggregate']
    assert act(client, 1, 'add_host', host='compute').json['aggregate']['hosts'] == ['compute']
    changed = act(client, 1, 'set_metadata', metadata={'ssd': 'true', 'availability_zone': 'b'})
    assert changed.json['aggregate']['availability_zone'] == 'b'
    assert client.get('/os-aggregates').json['aggregates'][0]['metadata'] == {
        'ssd': 'true', 'availability_zone': 'b'}
    assert client.delete('/os-aggregates/1').message == (
        'Cannot remove host from aggregate 1. Reason: Host aggregate is not empty.')
    assert act(client, 1, 'remove_host', host='compute').json['aggregate']['hosts'] == []
    assert client.delete('/os-aggregates/1').status == 200
    assert client.get('/os-aggregates/1').status == 404


def test_a_name_is_taken_once(client):
    first, second = create(client, 'one'), create(client, 'two')
    assert client.post('/os-aggregates', {'aggregate': {'name': 'one'}}).status == 409
    answer = client.put(f'/os-aggregates/{second}', {'aggregate': {'name': 'one'}})
    assert (answer.status, answer.message) == (409, 'Aggregate one already exists.')
    assert client.put(f'/os-aggregates/{first}', {'aggregate': {'name': 'one'}}).status == 200


def test_a_host_is_in_one_zone(client, hosts):
    north, south = create(client, 'n', 'north'), create(client, 's', 'south')
    ssd = create(client, 'x')
    assert act(client, north, 'add_host', host='compute').status == 200
    twice = act(client, north, 'add_host', host='compute')
    assert (twice.status, twice.message) == (
        409, f'Aggregate {north} already has host compute.')
    other = act(client, south, 'add_host', host='compute')
    assert (other.status, other.message) == (409, (
        f"Cannot add host to aggregate {south}. Reason: One or more hosts already in availability "
        "zone(s) ['north']."))
    assert act(client, ssd, 'add_host', host='compute').status == 200
    update = client.put(f'/os-aggregates/{ssd}',
                        {'aggregate': {'name': 'new', 'availability_zone': 'south'}})
    assert (update.status, update.message) == (400, (
        f"Cannot update aggregate {ssd}. Reason: One or more hosts already in availability zone(s) "
        "['north']."))
    assert client.get(f'/os-aggregates/{ssd}').json['aggregate']['name'] == 'x'
    metadata = act(client, ssd, 'set_metadata', metadata={'availability_zone': 'south'})
    assert metadata.status == 400
    assert metadata.message.startswith(f'Cannot update metadata of aggregate {ssd}. Reason: ')
    assert act(client, south, 'add_host', host='other').status == 200


def test_zones_follow(client, hosts):
    act(client, create(client, 'n', 'north'), 'add_host', host='compute')
    zones = {s['host']: s['zone'] for s in client.get('/os-services').json['services']}
    assert (zones['compute'], zones['other'], zones['scheduler']) == ('north', 'nova', 'internal')
    listed = client.get('/os-availability-zone').json['availabilityZoneInfo']
    assert [z['zoneName'] for z in listed] == ['north', 'nova']


@pytest.mark.parametrize('aggregate', ['9', 'x', '99999999999999999999', '0', '-1'])
def test_unknown(client, aggregate):
    for answer in (client.get(f'/os-aggregates/{aggregate}'),
                   client.delete(f'/os-aggregates/{aggregate}'),
                   act(client, aggregate, 'add_host', host='compute'),
                   act(client, aggregate, 'set_metadata', metadata={})):
        assert (answer.status, answer.message) == (
            404, f'Aggregate {aggregate} could not be found.')


@pytest.mark.parametrize(('name', 'status'), [(' x ', 200), ('   ', 400), ('', 400), ('a\nb', 400)])
def test_an_update_takes_blanks_off(client, name, status):
    create(client, 'agg')
    answer = client.put('/os-aggregates/1', {'aggregate': {'name': name}})
    assert answer.status == status
    if status == 200:
        assert answer.json['aggregate']['name'] == 'x'


def test_only_for_administrators(client):
    member = client.as_user('alice', 'blue')
    answers = [member.get('/os-aggregates'),
               member.post('/os-aggregates', {'aggregate': {'name': 'x'}}),
               member.delete('/os-aggregates/1'), act(member, 1, 'add_host', host='compute')]
    assert [a.status for a in answers] == [403] * 4
    assert answers[3].message == (
        "Policy doesn't allow os_compute_api:os-aggregates:add_host to be performed.")


def test_statements(client):
    for number in range(20):
        aggregate = create(client, f'a{number}', 'zone')
        act(client, aggregate, 'add_host', host='compute')
    with engine.count_statements() as seen:
        assert len(client.get('/os-aggregates').json['aggregates']) == 20
    assert seen.count == 2
