"""/os-keypairs"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from minova.db import engine
from tests.unit.compute.test_keys import RSA

FINGERPRINT = '1e:2c:9b:56:79:4b:45:77:f9:ca:7a:98:2c:b0:d5:3c'


def import_key(client, name='k', **kwargs):
    version = kwargs.pop('version', None)
    return client.post('/os-keypairs', {'keypair': {'name': name, 'public_key': RSA, **kwargs}},
                       version=version)


def names(answer):
    return [k['keypair']['name'] for k in answer.json['keypairs']]


@pytest.fixture
def member(client):
    return client.as_user('demo', 'p')


def test_import(member):
    answer = import_key(member)
    assert (answer.status, answer.json) == (200, {'keypair': {
        'name': 'k', 'public_key': RSA, 'fingerprint': FINGERPRINT, 'user_id': 'demo'}})
    shown = member.get('/os-keypairs/k').json['keypair']
    assert len(shown.pop('created_at')) == len('2026-11-22T08:14:46.521584')
    assert shown == {'name': 'k', 'public_key': RSA, 'fingerprint': FINGERPRINT, 'id': 1,
                     'user_id': 'demo', 'deleted': False, 'deleted_at': None, 'updated_at': None}


def test_generate(member):
    answer = member.post('/os-keypairs', {'keypair': {'name': 'k'}})
    made = answer.json['keypair']
    assert answer.status == 200
    assert sorted(made) == ['fingerprint', 'name', 'private_key', 'public_key', 'user_id']
    assert member.get('/os-keypairs').json == {'keypairs': [{'keypair': {
        key: made[key] for key in ('name', 'public_key', 'fingerprint')}}]}


def test_generate_x509(member):
    answer = member.post('/os-keypairs', {'keypair': {'name': 'k', 'type': 'x509'}}, version='2.2')
    made = answer.json['keypair']
    assert (answer.status, made['type']) == (201, 'x509')
    again = member.post('/os-keypairs', {'keypair': {
        'name': 'k2', 'type': 'x509', 'public_key': made['public_key']}}, version='2.2')
    assert again.json['keypair']['fingerprint'] == made['fingerprint']


@pytest.mark.parametrize('version, created, deleted, has_type', [
    (None, 200, 202, False), ('2.2', 201, 204, True), ('2.10', 201, 204, True)])
def test_versions(member, version, created, deleted, has_type):
    answer = import_key(member, version=version)
    assert answer.status == created
    shown = member.get('/os-keypairs/k', version=version).json['keypair']
    listed = member.get('/os-keypairs', version=version).json['keypairs'][0]['keypair']
    assert [('type' in k) for k in (answer.json['keypair'], shown, listed)] == [has_type] * 3
    assert member.delete('/os-keypairs/k', version=version).status == deleted


def test_a_name_is_taken_once_per_user(client, member):
    assert import_key(member).status == 200
    answer = import_key(member)
    assert (answer.status, answer.message) == (409, "Key pair 'k' already exists.")
    # Whatever project the user is in.
    assert import_key(client.as_user('demo', 'other')).status == 409
    assert import_key(client.as_user('somebody', 'p')).status == 200


def test_list_is_by_name_and_costs_one_statement(member):
    for name in ('b', 'c', 'a'):
        import_key(member, name)
    with engine.count_statements() as statements:
        assert names(member.get('/os-keypairs')) == ['a', 'b', 'c']
    assert statements.count == 1


@pytest.mark.parametrize('method', ['get', 'delete'])
def test_unknown(member, method):
    answer = getattr(member, method)('/os-keypairs/x')
    assert (answer.status, answer.message) == (404, 'Keypair x not found for user demo')


@pytest.mark.parametrize('keypair, message', [
    ({'name': 'a/b'}, 'Keypair data is invalid: Keypair name contains unsafe characters'),
    ({'name': 'é'}, 'Keypair data is invalid: Keypair name contains unsafe characters'),
    ({'name': 'a', 'public_key': 'x'}, 'Keypair data is invalid: failed to generate fingerprint'),
    ({'name': 'a', 'public_key': RSA + '\0'},
     'Keypair data is invalid: failed to generate fingerprint'),
    ({'name': ''}, "Invalid input for field/attribute name. Value: . '' is too short"),
    ({'name': 'a', 'public_key': None},
     "Invalid input for field/attribute public_key. Value: None. None is not of type 'string'"),
    ({}, "Invalid input for field/attribute keypair. Value: {}. 'name' is a required property"),
])
def test_bad_keypairs(member, keypair, message):
    answer = member.post('/os-keypairs', {'keypair': keypair})
    assert (answer.status, answer.message) == (400, message)
    assert names(member.get('/os-keypairs')) == []


def test_administrators_manage_those_of_others_since_210(client, member):
    assert import_key(client, user_id='demo', version='2.10').json['keypair']['user_id'] == 'demo'
    for path in ('/os-keypairs', '/os-keypairs/k'):
        assert client.get(path + '?user_id=demo', version='2.10').status == 200
    assert names(client.get('/os-keypairs?user_id=demo', version='2.10')) == ['k']
    assert names(client.get('/os-keypairs?user_id=demo', version='2.9')) == []
    assert client.delete('/os-keypairs/k?user_id=demo', version='2.9').status == 404
    assert client.delete('/os-keypairs/k?user_id=demo', version='2.10').status == 204
    assert names(member.get('/os-keypairs')) == []


def test_members_do_not_manage_those_of_others(client, member):
    import_key(client)

    def refused(answer, rule):
        assert (answer.status, answer.message) == (
            403, f"Policy doesn't allow os_compute_api:os-keypairs:{rule} to be performed.")
    refused(import_key(member, 'mine', user_id='admin', version='2.10'), 'create')
    refused(member.get('/os-keypairs?user_id=admin', version='2.10'), 'index')
    refused(member.get('/os-keypairs/k?user_id=admin', version='2.10'), 'show')
    refused(member.delete('/os-keypairs/k?user_id=admin', version='2.10'), 'delete')
    assert names(client.get('/os-keypairs')) == ['k']
    assert member.get('/os-keypairs?user_id=demo', version='2.10').status == 200


def test_quota_holds_under_concurrent_requests(any_client):
    any_client.put('/os-quota-sets/p', {'quota_set': {'key_pairs': 3}})
    member = any_client.as_user('demo', 'p')
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda i: import_key(member, f'k{i}'), range(8)))
    assert sorted(a.status for a in answers) == [200] * 3 + [403] * 5
    assert {a.message for a in answers if a.status == 403} == {
        'Quota exceeded, too many key pairs.'}
    assert len(names(member.get('/os-keypairs'))) == 3
    member.delete(f'/os-keypairs/{names(member.get("/os-keypairs"))[0]}')
    assert import_key(member, 'again').status == 200
