"""POST /v3/auth/tokens: who gets in, by what, and what their token says."""

import re

import pytest
import webob

from tests.functional.identity.conftest import USERS, by_password, ids

BLUE = {'project': {'name': 'blue', 'domain': {'id': 'default'}}}


def token_of(answer) -> dict:
    assert answer.status_int == 201, answer.text
    return answer.json['token']


def test_a_token_for_a_project(identity):
    answer = identity.authenticate(
        by_password('bob'), {'project': {'name': 'red', 'domain': {'name': 'default'}}})
    token = token_of(answer)
    known = ids()
    assert token['methods'] == ['password']
    assert token['user'] == {'id': known['bob'], 'name': 'bob', 'password_expires_at': None,
                             'domain': {'id': 'default', 'name': 'Default'}}
    assert token['project'] == {'id': known['red'], 'name': 'red',
                                'domain': {'id': 'default', 'name': 'Default'}}
    assert token['is_domain'] is False
    assert [role['name'] for role in token['roles']] == ['member', 'reader']
    assert [service['type'] for service in token['catalog']] == [
        'identity', 'compute', 'volumev3', 'block-storage']
    assert [each['interface'] for each in token['catalog'][0]['endpoints']] == ['public', 'internal', 'admin']
    assert token['catalog'][2]['endpoints'][0]['url'] == f'http://localhost:8776/v3/{known["red"]}'
    assert len(token['audit_ids']) == 1
    moment = r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z'
    assert re.fullmatch(moment, token['issued_at']) and re.fullmatch(moment, token['expires_at'])
    assert len(answer.headers['X-Subject-Token']) < 500


def test_by_ids(identity):
    known = ids()
    user = {'password': {'user': {'id': known['bob'], 'password': 'bob-secret'}}}
    token = token_of(identity.authenticate(user, {'project': {'id': known['blue']}}))
    assert token['project']['name'] == 'blue' and [role['name'] for role in token['roles']] == ['reader']


def test_other_scopes(identity):
    domain = token_of(identity.authenticate(by_password('root'), {'domain': {'id': 'default'}}))
    assert domain['domain'] == {'id': 'default', 'name': 'Default'} and 'project' not in domain
    assert [service['type'] for service in domain['catalog']] == ['identity', 'compute']
    system = token_of(identity.authenticate(by_password('root'), {'system': {'all': True}}))
    assert system['system'] == {'all': True} and system['roles'][0]['name'] == 'admin'
    for scope in ('unscoped', {'unscoped': {}}, None):
        unscoped = token_of(identity.authenticate(by_password('bob'), scope))
        assert not unscoped.keys() & {'project', 'domain', 'system', 'roles', 'catalog', 'is_domain'}


def test_the_default_project(identity):
    assert token_of(identity.authenticate(by_password('ann')))['project']['name'] == 'blue'
    assert 'project' not in token_of(identity.authenticate(by_password('ann'), 'unscoped'))
    identity.write(USERS.replace('{blue: [member], shut', '{shut'))
    assert 'project' not in token_of(identity.authenticate(by_password('ann')))


def test_without_the_catalog(identity):
    body = {'auth': {'identity': {'methods': ['password'], **by_password('ann')}, 'scope': BLUE}}
    assert 'catalog' not in identity.request('POST', '/auth/tokens?nocatalog', body).json['token']


@pytest.mark.parametrize('user, scope', [
    (by_password('ann', 'wrong'), BLUE),
    (by_password('ann', 'ann-secre'), BLUE),
    (by_password('nobody'), BLUE),
    (by_password('carl'), BLUE),
    (by_password('ann', domain='other'), BLUE),
    (by_password('ann', domain='nowhere'), BLUE),
    (by_password('minova', 'minova'), 'unscoped'),
    (by_password('ann'), {'project': {'name': 'red', 'domain': {'id': 'default'}}}),
    (by_password('ann'), {'project': {'name': 'shut', 'domain': {'id': 'default'}}}),
    (by_password('ann'), {'project': {'name': 'nosuch', 'domain': {'id': 'default'}}}),
    (by_password('ann'), {'project': {'name': 'blue', 'domain': {'name': 'other'}}}),
    (by_password('ann'), {'domain': {'id': 'default'}}),
    (by_password('ann'), {'system': {'all': True}}),
    ({'token': {'id': 'nonsense'}}, BLUE),
    ({'token': {'id': 'gÄÄÄÄ'}}, BLUE),
    ({'token': {'id': 'x' * 100000}}, BLUE),
    ({'application_credential': {'id': 'f' * 32, 'secret': 'x'}}, None),
])
def test_the_same_answer_whatever_is_wrong(identity, user, scope):
    answer = identity.authenticate(user, scope)
    assert answer.status_int == 401
    assert answer.json == {'error': {
        'code': 401, 'title': 'Unauthorized',
        'message': 'The request you have made requires authentication.'}}
    assert answer.headers['WWW-Authenticate'] == 'Keystone uri="http://localhost/v3"'
    assert 'X-Subject-Token' not in answer.headers


def test_a_method_that_is_not_there(identity):
    answer = identity.authenticate({'totp': {'user': {}}})
    assert (answer.status_int, answer.json['error']['message']) == (
        401, 'Attempted to authenticate with an unsupported method.')


def showing(method: str, **shown) -> dict:
    return {'auth': {'identity': {'methods': [method], method: shown}}}


def scoped(scope: dict) -> dict:
    body = showing('token', id='x')
    body['auth']['scope'] = scope
    return body


@pytest.mark.parametrize('body', [
    b'', b'{', b'[]', b'null', b'"x"', b'\xff',
    b'{"auth": {"identity": {"methods": ["password"], "password": "\\ud800"}}}',
    {}, {'auth': None}, {'auth': {}}, {'auth': {'identity': {'methods': []}}},
    {'auth': {'identity': {'methods': ['password']}}},
    showing('password', user={'name': 'ann', 'password': 'very-secret'}),
    showing('password', user={'id': 'x', 'password': ['very-secret']}),
    showing('password', user={'id': 'x\0', 'password': 'very-secret'}),
    showing('application_credential', id=5, secret='very-secret'),
    scoped({'project': {}}), scoped({'OS-TRUST:trust': {'id': 'x'}}), scoped({**BLUE, 'unscoped': {}}),
])
def test_what_is_no_login_at_all(identity, body):
    answer = identity.request('POST', '/auth/tokens', body)
    assert answer.status_int == 400
    assert answer.json['error']['code'] == 400 and answer.json['error']['title'] == 'Bad Request'
    assert 'very-secret' not in answer.text


def test_by_token(identity):
    """A token is exchanged for one of another scope, which ends with the first."""
    first = identity.authenticate(by_password('bob'), 'unscoped')
    second = identity.authenticate({'token': {'id': first.headers['X-Subject-Token']}}, BLUE)
    one, other = first.json['token'], token_of(second)
    assert other['project']['name'] == 'blue'
    assert other['methods'] == ['password', 'token']
    assert other['expires_at'] == one['expires_at']
    assert other['audit_ids'][0] != one['audit_ids'][0] and other['audit_ids'][1] == one['audit_ids'][0]
    third = identity.authenticate({'token': {'id': second.headers['X-Subject-Token']}},
                                  {'project': {'id': ids()['red']}})
    assert token_of(third)['audit_ids'][1] == one['audit_ids'][0]


def test_two_methods_are_of_one_user(identity):
    token = identity.log_in('ann', 'blue')
    both = {**by_password('ann'), 'token': {'id': token}}
    assert identity.authenticate(both, BLUE).status_int == 201
    assert identity.authenticate({**by_password('bob'), 'token': {'id': token}}, BLUE).status_int == 401


def test_versions(identity):
    answer = webob.Request.blank('/', base_url='http://cloud:5000').get_response(identity.app)
    assert answer.status_int == 300
    version = answer.json['versions']['values'][0]
    assert version['links'] == [{'rel': 'self', 'href': 'http://cloud:5000/v3/'}]
    for path in ('', '/'):
        answer = identity.get(path, Host='cloud:5000')
        assert answer.json == {'version': version}
    assert webob.Request.blank('/v2.0').get_response(identity.app).status_int == 404


def test_a_host_that_is_none(identity):
    for host in ('a b', '"><script>', 'x/y', ''):
        answer = identity.request('GET', '', Host=host)
        assert answer.status_int == 200 and answer.json['version']['links'][0]['href'] in (
            'http://127.0.0.1:5000/v3/', 'http://localhost/v3/')
