"""Users, projects and roles: who sees which of them."""

import pytest

from tests.functional.identity.conftest import ids

#: Path, with names for ids; what it lists, or None; who may: everybody, only administrators, or by name.
WHO = [
    ('/users', 'users', 'root'),
    ('/users/{ann}', None, 'root ann'),
    ('/users/{bob}', None, 'root bob'),
    ('/users/{ann}/projects', 'projects', 'root ann'),
    ('/users/{ann}/groups', 'groups', 'root ann'),
    ('/users/{ann}/application_credentials', 'application_credentials', 'root ann'),
    ('/users/{ann}/access_rules', 'access_rules', 'root ann'),
    ('/groups', 'groups', 'root'),
    ('/projects', 'projects', 'root'),
    ('/projects/{blue}', None, 'root ann bob'),
    ('/projects/{red}', None, 'root bob'),
    ('/domains', 'domains', 'root'),
    ('/domains/default', None, 'root ann bob'),
    ('/domains/{other}', None, 'root dora'),
    ('/roles', 'roles', 'root'),
    ('/role_assignments', 'role_assignments', 'root'),
    ('/projects/{blue}/users/{ann}/roles', 'roles', 'root'),
    ('/domains/default/users/{root}/roles', 'roles', 'root'),
    ('/system/users/{root}/roles', 'roles', 'root'),
    ('/services', 'services', 'root'),
    ('/endpoints', 'endpoints', 'root'),
    ('/regions', 'regions', 'root ann bob dora'),
    ('/regions/RegionOne', None, 'root ann bob dora'),
    ('/auth/projects', 'projects', 'root ann bob dora'),
    ('/auth/domains', 'domains', 'root ann bob dora'),
    ('/auth/system', 'system', 'root ann bob dora'),
]


@pytest.mark.parametrize('path, listed, allowed', WHO, ids=[row[0] for row in WHO])
def test_who_sees_what(identity, path, listed, allowed):
    path = path.format(**ids())
    assert identity.get(path).status_int == 401
    tokens = {'root': identity.log_in('root', 'blue'), 'ann': identity.log_in('ann', 'blue'),
              'bob': identity.log_in('bob', 'red'),
              'dora': identity.log_in('dora', domain='other', scope={'domain': {'name': 'other'}})}
    for user, token in tokens.items():
        answer = identity.get(path, token)
        assert answer.status_int == (200 if user in allowed.split() else 403), (user, answer.text)
        if answer.status_int == 403:
            assert answer.json.keys() == {'error'}
        elif listed:
            assert answer.json[listed] is not None
            assert answer.json['links'] == {
                'next': None, 'previous': None, 'self': f'http://localhost/v3{path}'}


@pytest.fixture
def admin(identity) -> str:
    return identity.log_in('root', 'blue')


def names(answer, key) -> list[str]:
    return [each['name'] for each in answer.json[key]]


@pytest.mark.parametrize('path, key, expected', [
    ('/users?name=ann', 'users', ['ann']),
    ('/users?name=ann&domain_id=nosuch', 'users', []),
    ('/users?enabled=false', 'users', ['carl']),
    ('/users?domain_id=default&enabled=1', 'users', ['minova', 'root', 'ann', 'bob']),
    ('/projects?name=red', 'projects', ['red']),
    ('/projects?domain_id=default', 'projects', ['blue', 'red', 'shut', 'service']),
    ('/projects?is_domain=true', 'projects', []),
    ('/projects?is_domain=false&enabled=false', 'projects', ['shut']),
    ('/domains?name=other', 'domains', ['other']),
    ('/roles?name=member', 'roles', ['member']),
    ('/services?type=compute', 'services', ['nova']),
    ('/users?nosuch=filter&name=bob', 'users', ['bob']),
])
def test_filters(identity, admin, path, key, expected):
    assert names(identity.get(path, admin), key) == expected


def test_things_by_id(identity, admin):
    known = ids()
    user = identity.get(f'/users/{known["ann"]}', admin).json['user']
    assert user == {
        'id': known['ann'], 'name': 'ann', 'domain_id': 'default', 'enabled': True, 'description': '',
        'email': 'ann@example.com', 'default_project_id': known['blue'], 'password_expires_at': None,
        'options': {}, 'links': {'self': f'http://localhost/v3/users/{known["ann"]}'}}
    project = identity.get(f'/projects/{known["red"]}', admin).json['project']
    assert project == {
        'id': known['red'], 'name': 'red', 'domain_id': 'default', 'parent_id': 'default', 'enabled': True,
        'is_domain': False, 'description': '', 'tags': [], 'options': {},
        'links': {'self': f'http://localhost/v3/projects/{known["red"]}'}}
    for path, key in (('/roles', 'roles'), ('/services', 'services'), ('/endpoints', 'endpoints'),
                      ('/domains', 'domains'), ('/regions', 'regions')):
        for each in identity.get(path, admin).json[key]:
            assert identity.get(f'{path}/{each["id"]}', admin).json == {key[:-1]: each}


def test_no_password_is_shown_to_anybody(identity, admin):
    for path in ('/users', f'/users/{ids()["ann"]}', '/role_assignments?include_names'):
        assert 'secret' not in identity.get(path, admin).text


@pytest.mark.parametrize('path, message', [
    ('/users/nosuch', 'Could not find user: nosuch.'),
    ('/users/nosuch/projects', 'Could not find user: nosuch.'),
    ('/projects/nosuch', 'Could not find project: nosuch.'),
    ('/domains/nosuch', 'Could not find domain: nosuch.'),
    ('/roles/nosuch', 'Could not find role: nosuch.'),
    ('/groups/nosuch', 'Could not find group: nosuch.'),
    ('/services/nosuch', 'Could not find service: nosuch.'),
    ('/endpoints/nosuch', 'Could not find endpoint: nosuch.'),
    ('/regions/nosuch', 'Could not find region: nosuch.'),
    ('/users/{ann}/application_credentials/nosuch', 'Could not find application credential: nosuch.'),
    ('/nosuch', 'The resource could not be found.'),
])
def test_what_is_not_there(identity, admin, path, message):
    answer = identity.get(path.format(**ids()), admin)
    assert (answer.status_int, answer.json) == (404, {'error': {
        'code': 404, 'title': 'Not Found', 'message': message}})


def test_role_assignments(identity, admin):
    known = ids()

    def listed(query) -> list[str]:
        found = identity.get(f'/role_assignments?include_names=true&{query}', admin).json['role_assignments']
        return [f'{each["user"]["name"]} {each["role"]["name"]} '
                f'{(each["scope"].get("project") or each["scope"].get("domain") or {}).get("name", "system")}'
                for each in found]

    assert listed(f'user.id={known["bob"]}') == ['bob member red', 'bob reader blue']
    assert listed(f'user.id={known["bob"]}&effective') == [
        'bob member red', 'bob reader red', 'bob reader blue']
    assert listed(f'scope.project.id={known["red"]}') == ['bob member red']
    assert listed('scope.domain.id=default') == ['root admin Default']
    assert listed('scope.system=all') == ['root admin system']
    assert listed('group.id=x') == []
    plain = identity.get(f'/role_assignments?user.id={known["bob"]}', admin).json['role_assignments'][0]
    role = plain['role']['id']
    assert plain == {
        'user': {'id': known['bob']}, 'role': {'id': role}, 'scope': {'project': {'id': known['red']}},
        'links': {'assignment': f'http://localhost/v3/projects/{known["red"]}/users/{known["bob"]}/roles/{role}'}}


def test_grants(identity, admin):
    known = ids()
    path = f'/projects/{known["red"]}/users/{known["bob"]}/roles'
    granted = identity.get(path, admin).json['roles']
    assert [role['name'] for role in granted] == ['member']
    assert identity.request('HEAD', f'{path}/{granted[0]["id"]}', token=admin).status_int == 204
    reader = identity.get('/roles?name=reader', admin).json['roles'][0]
    assert identity.request('HEAD', f'{path}/{reader["id"]}', token=admin).status_int == 404


@pytest.mark.parametrize('method, path', [
    ('POST', '/users'), ('POST', '/projects'), ('POST', '/roles'), ('POST', '/domains'), ('POST', '/groups'),
    ('POST', '/services'), ('POST', '/endpoints'), ('POST', '/regions'),
    ('PATCH', '/users/{ann}'), ('DELETE', '/users/{ann}'), ('PATCH', '/projects/{red}'),
    ('DELETE', '/projects/{red}'), ('DELETE', '/domains/default'), ('POST', '/users/{ann}/password'),
    ('PUT', '/projects/{red}/users/{ann}/roles/x'), ('DELETE', '/projects/{red}/users/{bob}/roles/x'),
    ('PUT', '/domains/default/users/{ann}/roles/x'), ('PUT', '/system/users/{ann}/roles/x'),
])
def test_what_comes_from_the_file_is_changed_there(identity, admin, method, path):
    path = path.format(**ids())
    answer = identity.request(method, path, {}, token=admin)
    assert answer.status_int == 403 and '[identity]users_file' in answer.json['error']['message']
    assert identity.request(method, path, {}).status_int == 401
