"""/os-server-groups, and who is in them."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from minova import exception
from minova.compute import server_groups
from minova.context import RequestContext
from minova.db import engine, instances


@pytest.fixture
def member(client):
    return client.as_user('demo', 'p')


def create(client, name='g', policies=('affinity',)):
    return client.post('/os-server-groups',
                       {'server_group': {'name': name, 'policies': list(policies)}})


def names(answer):
    return [group['name'] for group in answer.json['server_groups']]


def add_servers(group_id, count=1, user='demo', check_quota=True):
    context = RequestContext(user_id=user, project_id='p', is_admin=False)
    uuids = [str(uuid.uuid4()) for _ in range(count)]
    with engine.writer() as conn:
        instances.insert(conn, [{'uuid': u, 'user_id': user, 'project_id': 'p'} for u in uuids])
        server_groups.add_members(conn, context, group_id, uuids, check_quota)
    return uuids


def test_create_show_list_delete(member):
    answer = create(member, policies=['anti-affinity'])
    group = answer.json['server_group']
    assert (answer.status, group) == (200, {
        'id': group['id'], 'name': 'g', 'policies': ['anti-affinity'], 'members': [],
        'metadata': {}})
    assert uuid.UUID(group['id'])
    assert member.get(f'/os-server-groups/{group["id"]}').json == {'server_group': group}
    assert member.get('/os-server-groups').json == {'server_groups': [group]}
    assert member.delete(f'/os-server-groups/{group["id"]}').status == 204
    for method in (member.get, member.delete):
        answer = method(f'/os-server-groups/{group["id"]}')
        assert (answer.status, answer.message) == (
            404, f'Instance group {group["id"]} could not be found.')
    assert names(member.get('/os-server-groups')) == []


def test_lists_are_the_projects(client, member):
    create(member, 'mine')
    create(client.as_user('other', 'p'), 'of-my-project')
    create(client.as_user('demo', 'q'), 'of-another-project')
    assert names(member.get('/os-server-groups')) == ['mine', 'of-my-project']
    # Only administrators see those of all projects.
    assert len(names(member.get('/os-server-groups?all_projects=1'))) == 2
    assert len(names(client.get('/os-server-groups?all_projects'))) == 3
    assert names(client.get('/os-server-groups')) == []


def test_paging(member):
    for name in 'abcd':
        create(member, name)
    assert names(member.get('/os-server-groups?limit=2&offset=1')) == ['b', 'c']
    assert names(member.get('/os-server-groups?limit=0&offset=3')) == ['d']
    assert names(member.get(f'/os-server-groups?offset={10 ** 30}')) == []
    assert member.get('/os-server-groups?limit=x').message == (
        'Invalid input received: limit must be an integer')
    assert member.get('/os-server-groups?offset=-1').message == (
        'Invalid input received: offset must be >= 0')


def test_lists_cost_three_statements(member):
    for i in range(4):
        add_servers(create(member, f'g{i}').json['server_group']['id'])
    with engine.count_statements() as statements:
        groups = member.get('/os-server-groups').json['server_groups']
    assert statements.count == 3
    assert [len(group['members']) for group in groups] == [1] * 4


@pytest.mark.parametrize('values, message', [
    ({'name': 'g'}, "'policies' is a required property"),
    ({'name': 'g', 'policies': 'affinity'}, "'affinity' is not of type 'array'"),
    ({'name': 'g', 'policies': ['legacy']}, "'legacy' is not one of ['anti-affinity', 'affinity']"),
    ({'name': 'g', 'policies': ['affinity', 'anti-affinity']},
     "Additional items are not allowed ('anti-affinity' was unexpected)"),
    ({'name': '', 'policies': ['affinity']}, "'' is too short"),
    ({'name': 'g', 'policies': ['affinity'], 'members': []},
     "Additional properties are not allowed ('members' was unexpected)"),
])
def test_bad_groups(member, values, message):
    answer = member.post('/os-server-groups', {'server_group': values})
    assert answer.status == 400
    assert answer.message.endswith(message)


def test_quota(any_client):
    any_client.put('/os-quota-sets/p', {'quota_set': {'server_groups': 3}})
    member = any_client.as_user('demo', 'p')
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda i: create(member, f'g{i}'), range(6)))
    assert sorted(a.status for a in answers) == [200] * 3 + [403] * 3
    assert {a.message for a in answers if a.status == 403} == {
        'Quota exceeded, too many server groups.'}
    groups = member.get('/os-server-groups').json['server_groups']
    assert len(groups) == 3
    # It goes back to whoever made the group, whoever deletes it.
    any_client.delete(f'/os-server-groups/{groups[0]["id"]}')
    assert create(member).status == 200


def test_members(any_client):
    member = any_client.as_user('demo', 'p')
    path = '/os-server-groups/' + create(member).json['server_group']['id']
    group_id = path.rpartition('/')[2]
    first, second = add_servers(group_id) + add_servers(group_id)
    assert member.get(path).json['server_group']['members'] == [second, first]
    with engine.writer() as conn:
        instances.destroy(conn, instances.get(first), {})
    assert member.get(path).json['server_group']['members'] == [second]


def test_quota_of_members(any_client):
    any_client.put('/os-quota-sets/p', {'quota_set': {'server_group_members': 2}})
    group_id = create(any_client.as_user('demo', 'p')).json['server_group']['id']
    add_servers(group_id)
    add_servers(group_id, 2, user='other')
    with pytest.raises(exception.QuotaError) as caught:
        add_servers(group_id, 2)
    assert caught.value.message == 'Quota exceeded, too many servers in group'
    add_servers(group_id)
    add_servers(group_id, 3, check_quota=False)


def test_groups_that_servers_cannot_be_in(client):
    with pytest.raises(exception.InvalidInput) as caught:
        add_servers('x')
    assert caught.value.message == (
        'Invalid input received: Server group scheduler hint must be a UUID.')
    with pytest.raises(exception.InstanceGroupNotFound):
        add_servers(str(uuid.uuid4()))


def test_there_are_no_actions(client):
    group_id = create(client).json['server_group']['id']
    for body in ({'nosuch': None}, {}):
        answer = client.post(f'/os-server-groups/{group_id}/action', body)
        assert (answer.status, answer.message) == (404, 'The resource could not be found.')
