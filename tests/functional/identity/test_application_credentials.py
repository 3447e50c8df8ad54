"""What a user gives to a program: made, used, narrower than the user, ended."""

import datetime

import pytest
import sqlalchemy as sa

from minova.db import engine
from minova.db import tables as t
from minova.identity import application_credentials, directory, tokens
from tests.functional.identity.conftest import USERS, ids


@pytest.fixture
def ann(identity) -> str:
    return identity.log_in('ann', 'blue')


def create(identity, token: str, user: str = 'ann', **values):
    return identity.request('POST', f'/users/{ids()[user]}/application_credentials',
                            {'application_credential': {'name': 'app', **values}}, token=token)


def made(identity, token: str, **values) -> dict:
    answer = create(identity, token, **values)
    assert answer.status_int == 201, answer.text
    return answer.json['application_credential']


def log_in(identity, credential: dict, scope=None, **shown):
    shown = shown or {'id': credential['id'], 'secret': credential['secret']}
    return identity.authenticate({'application_credential': shown}, scope)


def test_made_and_shown(identity, ann):
    credential = made(identity, ann, description='for the robot', expires_at='2100-01-01T00:00:00Z')
    path = f'/users/{ids()["ann"]}/application_credentials'
    secret = credential.pop('secret')
    assert len(secret) > 60
    assert credential == {
        'id': credential['id'], 'name': 'app', 'description': 'for the robot', 'user_id': ids()['ann'],
        'project_id': ids()['blue'], 'unrestricted': False, 'expires_at': '2100-01-01T00:00:00.000000',
        'roles': credential['roles'], 'links': {'self': f'http://localhost/v3{path}/{credential["id"]}'}}
    assert [role['name'] for role in credential['roles']] == ['member', 'reader']
    assert identity.get(path, ann).json['application_credentials'] == [credential]
    assert identity.get(f'{path}?name=other', ann).json['application_credentials'] == []
    assert identity.get(f'{path}/{credential["id"]}', ann).json == {'application_credential': credential}
    assert rows() and secret not in str(rows())


def rows() -> list:
    """What is kept of them."""
    with engine.reader() as conn:
        return conn.execute(sa.select(t.application_credentials)).all()


def test_a_login(identity, ann):
    credential = made(identity, ann, roles=[{'name': 'reader'}], secret='chosen')
    assert credential['secret'] == 'chosen'
    answer = log_in(identity, credential)
    assert answer.status_int == 201, answer.text
    token = answer.json['token']
    assert token['methods'] == ['application_credential']
    assert token['project']['name'] == 'blue' and [role['name'] for role in token['roles']] == ['reader']
    assert token['application_credential'] == {'id': credential['id'], 'name': 'app', 'restricted': True}
    by_name = {'name': 'app', 'secret': 'chosen', 'user': {'name': 'ann', 'domain': {'name': 'Default'}}}
    assert log_in(identity, credential, **by_name).status_int == 201
    for wrong in ({'id': credential['id'], 'secret': 'other'}, {**by_name, 'name': 'nosuch'},
                  {**by_name, 'user': {'name': 'bob', 'domain': {'name': 'Default'}}},
                  {**by_name, 'user': {'name': 'nobody', 'domain': {'name': 'Default'}}},
                  {'id': ids()['ann'], 'secret': 'chosen'}):
        assert log_in(identity, credential, **wrong).status_int == 401


def test_it_stays_in_its_project(identity):
    bob = identity.log_in('bob', 'blue')
    credential = made(identity, bob, user='bob')
    red = {'project': {'id': ids()['red']}}
    answer = log_in(identity, credential, red)
    assert (answer.status_int, answer.json['error']['message']) == (
        401, 'Error authenticating with application credential: '
             'Application credentials cannot request a scope.')
    token = log_in(identity, credential).headers['X-Subject-Token']
    assert identity.authenticate({'token': {'id': token}}, red).status_int == 401
    assert identity.authenticate({'token': {'id': token}}, 'unscoped').status_int == 401
    same = identity.authenticate({'token': {'id': token}}, {'project': {'id': ids()['blue']}})
    assert same.status_int == 201 and same.json['token']['application_credential']


def test_it_makes_no_others_unless_it_may(identity, ann):
    token = log_in(identity, made(identity, ann)).headers['X-Subject-Token']
    refused = create(identity, token, name='another')
    assert refused.status_int == 403 and 'application_credential' in refused.json['error']['message']
    path = f'/users/{ids()["ann"]}/application_credentials'
    one = identity.get(path, token).json['application_credentials'][0]
    assert identity.request('DELETE', f'{path}/{one["id"]}', token=token).status_int == 403
    free = made(identity, ann, name='free', unrestricted=True, roles=[{'name': 'reader'}])
    token = log_in(identity, free).headers['X-Subject-Token']
    # But never one that may more than itself.
    assert create(identity, token, name='more', roles=[{'name': 'member'}]).status_int == 400
    assert [role['name'] for role in made(identity, token, name='third')['roles']] == ['reader']


def test_its_end_is_that_of_its_tokens(identity, ann):
    credential = made(identity, ann)
    token = log_in(identity, credential).headers['X-Subject-Token']
    assert identity.validate(token).status_int == 200
    path = f'/users/{ids()["ann"]}/application_credentials/{credential["id"]}'
    assert identity.request('DELETE', path, token=ann).status_int == 204
    assert identity.request('DELETE', path, token=ann).status_int == 404
    assert identity.validate(token).status_int == 401
    assert log_in(identity, credential).status_int == 401


def test_it_ends_by_itself(identity, ann, monkeypatch):
    credential = made(identity, ann, expires_at='2100-01-01T02:00:00+02:00')
    token = log_in(identity, credential).headers['X-Subject-Token']
    monkeypatch.setattr(application_credentials, 'utcnow', lambda: datetime.datetime(2100, 1, 1, 0, 0, 1))
    assert identity.validate(token).status_int == 401
    assert log_in(identity, credential).status_int == 401


def test_it_is_worth_no_more_than_its_user(identity, ann):
    credential = made(identity, ann)
    token = log_in(identity, credential).headers['X-Subject-Token']
    identity.write(USERS.replace('blue: [member], shut', 'blue: [reader], shut'))
    assert identity.validate(token).status_int == 401
    assert log_in(identity, credential).status_int == 401


@pytest.mark.parametrize('values, status', [
    ({'roles': [{'name': 'admin'}]}, 400),
    ({'roles': [{'id': 'nosuch'}]}, 400),
    ({'expires_at': '2000-01-01T00:00:00Z'}, 400),
    ({'expires_at': 'tomorrow'}, 400),
    ({'access_rules': [{'method': 'GET', 'path': '/v2.1/servers', 'service': 'compute'}]}, 400),
    ({'project_id': 'another'}, 400),
    ({'name': ''}, 400),
    ({'name': 'x' * 256}, 400),
    ({'name': 'a\0b'}, 400),
    ({'secret': 5}, 400),
])
def test_what_is_refused(identity, ann, values, status):
    answer = create(identity, ann, **values)
    assert answer.status_int == status and answer.json['error']['title'] == 'Bad Request'
    assert rows() == []


def test_no_two_of_the_same_name(identity, ann):
    made(identity, ann)
    assert create(identity, ann).status_int == 409
    made(identity, identity.log_in('bob', 'blue'), user='bob')


def test_for_oneself_only(identity, ann):
    bob, root = identity.log_in('bob', 'blue'), identity.log_in('root', 'blue')
    credential = made(identity, ann)
    path = f'/users/{ids()["ann"]}/application_credentials'
    assert create(identity, bob).status_int == create(identity, root).status_int == 403
    for method, where in (('GET', path), ('GET', f'{path}/{credential["id"]}'),
                          ('DELETE', f'{path}/{credential["id"]}')):
        assert identity.request(method, where, token=bob).status_int == 403
    # Under one's own name, that of another is not there.
    own = f'/users/{ids()["bob"]}/application_credentials/{credential["id"]}'
    assert identity.get(own, bob).status_int == identity.request('DELETE', own, token=bob).status_int == 404
    assert identity.request('DELETE', f'{path}/{credential["id"]}', token=root).status_int == 204


def test_a_token_without_a_project_makes_none(identity):
    assert create(identity, identity.log_in('ann', scope='unscoped')).status_int == 400


def test_on_all_databases(identity, database):
    """The queries, on each kind of database."""
    user = directory.current().find_user(name='ann', domain_id='default')
    scope = directory.Scope('project', ids()['blue'])
    text, token = tokens.issue(user, scope, ('password',))
    credential = made(identity, text)
    assert create(identity, text).status_int == 409
    other = log_in(identity, credential).headers['X-Subject-Token']
    tokens.revoke(token)
    tokens.revoke(token)
    assert identity.validate(text).status_int == 401
    assert identity.request('DELETE', credential['links']['self'].removeprefix('http://localhost/v3'),
                            token=identity.log_in('root', 'blue')).status_int == 204
    assert identity.validate(other).status_int == 401
