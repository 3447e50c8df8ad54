"""Asking about tokens: what a valid one means to whom, and what makes it invalid."""

import time

import pytest

from minova.conf import CONF
from minova.db import engine
from minova.identity import directory, keys
from minova.identity.users_file import SERVICE_USER
from minova.testing.overrides import overridden
from tests.functional.identity.conftest import USERS


@pytest.fixture
def service(identity) -> str:
    """A token of the user as whom other APIs ask."""
    answer = identity.authenticate(
        {'password': {'user': {'name': SERVICE_USER, 'domain': {'id': 'default'},
                               'password': keys.current().derive('service user').hex()}}},
        {'project': {'name': 'service', 'domain': {'id': 'default'}}})
    assert answer.status_int == 201
    return answer.headers['X-Subject-Token']


@pytest.fixture
def later(monkeypatch):
    """Have so many seconds passed."""
    now = time.time
    return lambda seconds: monkeypatch.setattr(time, 'time', lambda: now() + seconds)


def test_what_a_service_is_told(identity, service):
    token = identity.log_in('ann', 'blue')
    answer = identity.validate(token, service)
    assert answer.status_int == 200
    assert answer.headers['X-Subject-Token'] == token
    assert answer.json == identity.validate(token).json
    assert answer.json['token']['user']['name'] == 'ann'
    assert answer.json['token']['catalog']
    assert 'catalog' not in identity.validate(token, service, '?nocatalog').json['token']
    head = identity.request('HEAD', '/auth/tokens', token=service, subject=token)
    assert (head.status_int, head.body) == (200, b'')


def test_who_may_ask(identity, service):
    token = identity.log_in('ann', 'blue')
    asking = {'root': identity.log_in('root', 'blue'), 'ann': identity.log_in('ann', scope='unscoped'),
              'service': service}
    assert all(identity.validate(token, asker).status_int == 200 for asker in asking.values())
    stranger = identity.validate(token, identity.log_in('bob', 'blue'))
    assert stranger.status_int == 403
    assert stranger.json['error'] == {
        'code': 403, 'title': 'Forbidden',
        'message': 'You are not authorized to perform the requested action: identity:validate_token.'}
    assert identity.validate(token, 'nonsense').status_int == 401
    assert identity.get('/auth/tokens', subject=token).status_int == 401
    assert identity.get('/auth/tokens', token=service).status_int == 400


@pytest.mark.parametrize('subject', ['nonsense', 'x' * 5000, 'gAAAAAB', 'caf\xe9'])
def test_what_is_no_token(identity, service, subject):
    answer = identity.validate(subject, service)
    assert answer.status_int == 404
    assert answer.json['error']['message'] == 'Could not find token.'


def test_a_token_that_was_tampered_with(identity, service):
    token = identity.log_in('ann', 'blue')
    for position in (0, 10, len(token) // 2, len(token) - 2):
        other = 'A' if token[position] != 'A' else 'B'
        changed = token[:position] + other + token[position + 1:]
        assert identity.validate(changed, service).status_int == 404


def test_a_token_that_others_have_signed(identity, service, tmp_path):
    with overridden({'state_path': str(tmp_path / 'other')}):
        foreign = identity.log_in('ann', 'blue')
    assert identity.validate(foreign, service).status_int == 404


def test_an_expired_token(identity, later):
    token = identity.log_in('ann', 'blue')
    later(CONF.token.expiration - 2)
    assert identity.validate(token).status_int == 200
    later(CONF.token.expiration)
    assert identity.validate(token).status_int == 401
    admin = identity.log_in('root', 'blue')
    assert identity.validate(token, admin).status_int == 404
    assert identity.validate(token, admin, '?allow_expired=0').status_int == 404
    assert identity.validate(token, admin, '?allow_expired=1').status_int == 200
    later(CONF.token.expiration + CONF.token.allow_expired_window)
    admin = identity.log_in('root', 'blue')
    assert identity.validate(token, admin, '?allow_expired=1').status_int == 404


def test_a_revoked_token(identity, service, later):
    token, other = identity.log_in('ann', 'blue'), identity.log_in('ann', 'blue')
    answer = identity.request('DELETE', '/auth/tokens', token=token, subject=token)
    assert (answer.status_int, answer.body) == (204, b'')
    assert identity.validate(token, service).status_int == 404
    assert identity.get('/users', token=token).status_int == 401
    assert identity.authenticate({'token': {'id': token}}).status_int == 401
    assert identity.validate(other, service).status_int == 200
    again = identity.request('DELETE', '/auth/tokens', token=other, subject=token)
    assert again.status_int == 404
    # Not even to a service that takes expired ones; and what nobody can ask about any more is forgotten.
    later(CONF.token.expiration + 5)
    admin = identity.log_in('root', 'blue')
    assert identity.validate(token, admin, '?allow_expired=1').status_int == 404


def test_who_may_revoke(identity):
    token = identity.log_in('ann', 'blue')
    stranger, admin = identity.log_in('bob', 'blue'), identity.log_in('root', 'blue')
    assert identity.request('DELETE', '/auth/tokens', token=stranger, subject=token).status_int == 403
    assert identity.validate(token).status_int == 200
    assert identity.request('DELETE', '/auth/tokens', token=admin, subject=token).status_int == 204
    assert identity.validate(token).status_int == 401


@pytest.mark.parametrize('old, new', [
    ('password: ann-secret', 'password: changed'),
    ('password: ann-secret,', 'password: ann-secret, enabled: false,'),
    ('{blue: [member], shut', '{shut'),
    ('{name: blue}', '{name: blue, enabled: false}'),
    ('name: ann,', 'name: anna,'),
])
def test_what_the_file_says_holds_for_tokens_of_before(identity, service, old, new):
    token = identity.log_in('ann', 'blue')
    assert USERS.count(old) == 1
    identity.write(USERS.replace(old, new))
    assert identity.validate(token, service).status_int == 404
    assert identity.get('/auth/projects', token=token).status_int == 401
    identity.write(USERS)
    assert identity.validate(token, service).status_int == 200


def test_a_role_is_given(identity, service):
    token = identity.log_in('bob', 'blue')
    identity.write(USERS.replace('blue: [reader]', 'blue: [operator]'))
    roles = identity.validate(token, service).json['token']['roles']
    assert [role['name'] for role in roles] == ['operator']


def test_a_file_that_makes_no_sense_changes_nothing(identity, caplog):
    token = identity.log_in('ann', 'blue')
    identity.write('users: [{name: ann, password: other-secret, typo: 1}]')
    assert 'The users stay as they were' in caplog.text and 'other-secret' not in caplog.text
    assert identity.validate(token).status_int == 200
    assert directory.current().find_user(name='bob', domain_id='default')


def test_what_a_token_may_be_exchanged_for(identity):
    bob, root = identity.log_in('bob', scope='unscoped'), identity.log_in('root', 'blue')
    ann = identity.log_in('ann', scope='unscoped')

    def seen(path, token):
        return [each.get('name', each) for each in identity.get(path, token).json[path.rpartition('/')[2]]]

    assert seen('/auth/projects', bob) == ['red', 'blue']
    assert seen('/auth/projects', ann) == ['blue']
    assert seen('/auth/domains', bob) == [] and seen('/auth/domains', root) == ['Default']
    assert seen('/auth/system', bob) == [] and seen('/auth/system', root) == [{'all': True}]
    catalog = identity.get('/auth/catalog', root).json['catalog']
    assert catalog == identity.validate(root).json['token']['catalog']
    assert identity.get('/auth/catalog', bob).status_int == 403


def test_a_validation_costs_two_statements(identity, service):
    token = identity.log_in('ann', 'blue')
    with engine.count_statements() as counted:
        identity.validate(token, service)
    assert len(counted.statements) == 2     # whether each of the two was revoked
