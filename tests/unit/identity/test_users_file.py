"""From the users file to the directory: what is there, and what is refused in which words."""

import textwrap

import pytest

from minova import exception
from minova.conf import CONF
from minova.identity import users_file
from minova.identity.directory import SYSTEM, Scope


@pytest.fixture
def load(minova_configured, tmp_path):
    def load_text(text: str):
        path = tmp_path / 'users.yaml'
        path.write_text(textwrap.dedent(text))
        return users_file.load(str(path))
    return load_text


def names(roles) -> list[str]:
    return [role.name for role in roles]


def test_the_file_that_comes_with_minova(minova_configured):
    found = users_file.load(CONF.identity.users_file)
    assert [each.name for each in found.projects.values()] == ['admin', 'demo', 'service']
    admin = found.find_user(name='admin', domain_id='default')
    demo = found.find_user(name='demo', domain_id='default')
    project = found.find_project(name='demo', domain_id='default')
    assert demo.default_project_id == project.id
    assert names(found.roles_of(admin.id, SYSTEM)) == ['admin', 'member', 'reader']
    assert names(found.roles_of(demo.id, Scope('project', project.id))) == ['member', 'reader']
    assert found.roles_of(demo.id, SYSTEM) == []
    assert found.user_with_default_password() is admin
    assert found.find_domain(name='default') is found.find_domain(name='Default') is found.domains['default']


def test_ids_are_the_same_after_each_start(load):
    found = load('users: [{name: ann, password: x}]\nprojects: [{name: blue}, {name: red, id: my-id}]')
    assert found.find_user(name='ann', domain_id='default').id == 'ab0b94ab3acb568ca038ca7803429535'
    assert found.find_project(name='blue', domain_id='default').id == 'bc20a70606a758dd99b38455fd1a488c'
    assert found.projects['my-id'].name == 'red'


def test_several_domains(load):
    found = load('''
        domains: [{name: other}]
        projects: [{name: blue}, {name: blue, domain: other}, {name: green, domain: other}]
        roles: [auditor]
        users:
        - {name: ann, password: x, projects: {blue: [member]}}
        - {name: ann, password: y, domain: other, projects: {blue: [reader, reader], green: [operator]},
           domains: {other: [admin]}}
        - {name: bob, password: z, projects: {green: [member]}, enabled: false}
        ''')
    other = found.find_domain(name='other').id
    ann, ann2 = (found.find_user(name='ann', domain_id=domain) for domain in ('default', other))
    blue, blue2 = (found.find_project(name='blue', domain_id=domain) for domain in ('default', other))
    assert [each for each in found.scopes_of(ann.id, 'project')] == [blue.id]
    assert names(found.roles_of(ann2.id, Scope('project', blue2.id))) == ['reader']
    assert list(found.scopes_of(ann2.id, 'domain')) == [other]
    bob = found.find_user(name='bob', domain_id='default')
    green = found.find_project(name='green', domain_id=other)
    assert names(found.roles_of(bob.id, Scope('project', green.id))) == ['member', 'reader']
    assert not found.may_log_in(bob) and found.may_log_in(ann)
    assert set(found.roles) == {'admin', 'auditor', 'member', 'operator', 'reader', 'service'}


def test_what_is_disabled_is_closed(load):
    found = load('''
        domains: [{name: shut, enabled: false}]
        projects: [{name: blue, enabled: false}, {name: red, domain: shut}]
        users: [{name: ann, password: x, projects: {blue: [member], red: [member]}, domains: {shut: [admin]}},
                {name: bob, domain: shut, password: x}]
        ''')
    ann, bob = (user for user in found.users.values() if user.name in ('ann', 'bob'))
    assert list(found.scopes_of(ann.id, 'project')) == list(found.scopes_of(ann.id, 'domain')) == []
    assert not found.may_log_in(bob)


@pytest.mark.parametrize('text, reason', [
    ('', 'it is not a mapping with a section users'),
    ('[]', 'it is not a mapping with a section users'),
    ('users: []', 'it is not a mapping with a section users'),
    ('users: {ann: secret}', 'users is not a list'),
    ('users: [ann]', 'users, entry 1: it has no name'),
    ('users: [{name: ann}]', 'user ann: there is no password'),
    ('users: [{name: ann, password: 12345}]', 'users, entry 1: password is not text, perhaps in quotes'),
    ('users: [{name: ann, pasword: secret}]', 'users, entry 1: there is no pasword in users'),
    ('users: [{name: ann, password: $scrypt$secret}]', 'user ann: its hash is not of the form'),
    ('users: [{name: ann, password: secret, projects: {blue: [member]}}]',
     'user ann: there is no project blue'),
    ('users: [{name: ann, password: secret, domains: {north: [member]}}]',
     'user ann: there is no domain north'),
    ('users: [{name: ann, password: secret, system: [1]}]',
     'user ann, system: roles are not a list of names'),
    ('users: [{name: ann, password: secret, id: a/b}]', 'users, entry 1: the id has other characters'),
    ('users: [{name: ann, password: secret}, {name: Ann, password: secret}]', 'there are two users Ann'),
    ('users: [{name: ann, password: secret, id: x}, {name: bob, password: secret, id: x}]',
     'there are two users with the id x'),
    ('users: [{name: minova, password: secret}]', 'there are two users minova'),
    ('users: [{name: ann, password: secret}]\ngroups: []', 'there is no section groups'),
    ('users: [{name: "a\\nb", password: secret}]', 'users, entry 1: name is too long, or not printable'),
    ('domains: [{name: n}, {name: s}]\nprojects: [{name: b, domain: n}, {name: b, domain: s}]\n'
     'users: [{name: ann, password: secret, projects: {b: [member]}}]', 'there are several projects b'),
    ('users: [{name: ann, password: "secret}]', 'it is not YAML at line 1'),
])
def test_what_makes_no_sense(load, text, reason):
    with pytest.raises(exception.UsersFileInvalid) as caught:
        load(text)
    assert reason in str(caught.value)
    assert 'secret' not in str(caught.value) and '12345' not in str(caught.value)


def test_a_file_that_is_not_there(minova_configured, tmp_path):
    with pytest.raises(exception.UsersFileInvalid, match='No such file'):
        users_file.load(str(tmp_path / 'nosuch.yaml'))


def test_passwords_are_not_shown_by_accident(load):
    assert 'secret' not in repr(load('users: [{name: ann, password: secret}]').users)
