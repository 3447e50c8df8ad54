"""/os-quota-sets"""

import pytest

from minova.compute import quotas
from minova.db import engine

DEFAULTS = {'cores': 20, 'fixed_ips': -1, 'floating_ips': 10, 'injected_file_content_bytes': 10240,
            'injected_file_path_bytes': 255, 'injected_files': 5, 'instances': 10,
            'key_pairs': 100, 'metadata_items': 128, 'ram': 51200, 'security_group_rules': 20,
            'security_groups': 10, 'server_group_members': 10, 'server_groups': 10}


@pytest.fixture
def member(client):
    return client.as_user('demo', 'p')


def put(client, path='/os-quota-sets/p', **values):
    return client.put(path, {'quota_set': values})


def show(client, path='/os-quota-sets/p'):
    return client.get(path).json['quota_set']


def use(user='demo', **deltas):
    with engine.writer() as conn:
        quotas.reserve(conn, 'p', user, deltas)


def test_defaults(client, member):
    assert show(client) == {'id': 'p', **DEFAULTS}
    assert show(client, '/os-quota-sets/p?user_id=demo') == {'id': 'p', **DEFAULTS}
    assert show(member, '/os-quota-sets/whatever/defaults') == {'id': 'whatever', **DEFAULTS}


def test_the_default_class_moves_the_defaults(client):
    client.put('/os-quota-class-sets/default', {'quota_class_set': {'cores': 99}})
    assert show(client, '/os-quota-sets/p/defaults')['cores'] == 99
    assert show(client)['cores'] == 99


def test_update(client):
    answer = put(client, instances=5, cores='7', ram=-1)
    assert (answer.status, answer.json) == (
        200, {'quota_set': {**DEFAULTS, 'instances': 5, 'cores': 7, 'ram': -1}})
    assert put(client).json == answer.json
    assert show(client) == {'id': 'p', **DEFAULTS, 'instances': 5, 'cores': 7, 'ram': -1}
    assert show(client, '/os-quota-sets/other') == {'id': 'other', **DEFAULTS}


def test_detail(client):
    use(instances=2, cores=3, floating_ips=2)
    use('other', instances=1)
    put(client, cores=7)
    with engine.count_statements() as statements:
        detail = show(client, '/os-quota-sets/p/detail')
    assert statements.count == 2
    assert detail.pop('id') == 'p'
    assert detail == {
        resource: {'limit': {**DEFAULTS, 'cores': 7}[resource], 'reserved': 0,
                   'in_use': {'instances': 3, 'cores': 3, 'floating_ips': 2}.get(resource, 0)}
        for resource in DEFAULTS}
    of_user = show(client, '/os-quota-sets/p/detail?user_id=demo')
    assert [of_user[r]['in_use'] for r in ('instances', 'cores', 'floating_ips')] == [2, 3, 2]


def test_a_limit_is_not_set_below_what_is_used(client):
    use(instances=2)
    answer = put(client, instances=1, cores=5)
    assert (answer.status, answer.message) == (
        400, 'Quota limit 1 for instances must be greater than or equal to already used and '
             'reserved 2.')
    assert show(client)['cores'] == 20
    assert put(client, instances=2).status == 200
    assert put(client, instances=1, force='yes').json['quota_set']['instances'] == 1
    assert put(client, instances=-1).status == 200


def test_limits_of_a_user(client, member):
    path = '/os-quota-sets/p?user_id=demo'
    assert put(client, path, instances=4).json['quota_set']['instances'] == 4
    assert show(client, path)['instances'] == 4
    assert show(client)['instances'] == 10
    # The project gives away what it has, and no more.
    answer = put(client, '/os-quota-sets/p?user_id=other', instances=7)
    assert (answer.status, answer.message) == (
        400, 'Quota limit 7 for instances must be less than or equal to 6.')
    assert put(client, path, instances=-1).message == (
        'Quota limit -1 for instances must be less than or equal to 10.')
    assert put(client, path, instances=10).status == 200
    assert put(client, path, instances=11, force=True).json['quota_set']['instances'] == 11
    # And it cannot be given less than it gave away.
    assert put(client, instances=10).message == (
        'Quota limit 10 for instances must be greater than or equal to already used and '
        'reserved 11.')


def test_a_project_without_limit_gets_none_below_what_it_gave_away(client):
    put(client, instances=-1)
    assert put(client, '/os-quota-sets/p?user_id=demo', instances=5).status == 200
    answer = put(client, instances=3)
    assert (answer.status, answer.message) == (
        400, 'Quota limit 3 for instances must be greater than or equal to already used and '
             'reserved 5.')
    assert put(client, instances=5).status == 200


def test_the_first_of_several_faults_is_that_of_python_2(client):
    for user in ('demo', 'other'):
        put(client, f'/os-quota-sets/p?user_id={user}', ram=10, cores=2)
    # A dict of Python 2 has cores before ram, whichever was put into it first.
    for limits in ({'ram': 1, 'cores': 1}, {'cores': 1, 'ram': 1}):
        assert 'for cores must be' in put(client, **limits).message


def test_limits_on_addresses_are_the_projects(client):
    put(client, '/os-quota-sets/p?user_id=demo', floating_ips=3, cores=2)
    assert [show(client)[r] for r in ('floating_ips', 'cores')] == [3, 20]


def test_delete(client):
    put(client, cores=7)
    put(client, '/os-quota-sets/p?user_id=demo', cores=5)
    assert client.delete('/os-quota-sets/p').status == 202
    assert show(client)['cores'] == 20
    assert show(client, '/os-quota-sets/p?user_id=demo')['cores'] == 5
    assert client.delete('/os-quota-sets/p?user_id=demo').status == 202
    assert show(client, '/os-quota-sets/p?user_id=demo')['cores'] == 20
    assert client.delete('/os-quota-sets/p').status == 202


def test_members_see_the_limits_of_their_project_alone(member):
    assert show(member) == {'id': 'p', **DEFAULTS}
    for answer, rule in ((member.get('/os-quota-sets/other'), 'show'),
                         (member.get('/os-quota-sets/p/detail'), 'detail'),
                         (put(member, cores=1), 'update'),
                         (member.delete('/os-quota-sets/p'), 'delete')):
        assert (answer.status, answer.message) == (
            403, f"Policy doesn't allow os_compute_api:os-quota-sets:{rule} to be performed.")


@pytest.mark.parametrize('quota_set, message', [
    ({'nosuch': 1}, "Invalid input for field/attribute quota_set. Value: {'nosuch': 1}. Additional "
                    "properties are not allowed ('nosuch' was unexpected)"),
    ({'cores': 'x'}, "Invalid input for field/attribute cores. Value: x. 'x' does not match "
                     "'^-?[0-9]+$'"),
    ({'cores': -2}, 'Invalid input for field/attribute cores. Value: -2. -2 is less than the '
                    'minimum of -1'),
    ({'cores': 2 ** 31}, 'Invalid input for field/attribute cores. Value: 2147483648. 2147483648 '
                         'is greater than the maximum of 2147483647'),
    ('x', "Invalid input for field/attribute quota_set. Value: x. 'x' is not of type 'object'"),
])
def test_bad_quota_sets(client, quota_set, message):
    answer = client.put('/os-quota-sets/p', {'quota_set': quota_set})
    assert (answer.status, answer.message) == (400, message)


def test_a_number_longer_than_python_reads(client):
    answer = put(client, cores='1' * 5000)
    assert answer.status == 400
    assert answer.message.endswith('is greater than the maximum of 2147483647')


def test_ids_that_cannot_be_kept(client):
    assert put(client, '/os-quota-sets/' + 'x' * 256, cores=1).message == (
        'Invalid input received: project_id has 256 characters, more than 255.')
    assert put(client, '/os-quota-sets/p?user_id=' + 'x' * 256, cores=1).status == 400
