"""Fixtures files: what they declare is there once, and each mistake is one clear line."""

import pytest
import yaml

from minova import exception, fixtures
from minova.conf import CONF
from minova.db import engine
from minova.db import tables as t

KEY = ('ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDx8nkQv/zgGgB4rMYmIf+6A4l6Rr+o/6lHBQdW5aYd44bd8JttDCE/F/pNRr0l'
       'RE+PiqSPO8nDPHw0010JeMH9gYgnnFlyY3/OcJ02RhIPyyxYpv9FhY+2YiUkpwFOcLImyrxEsYXpD/0d3ac30bNH6Sw9JD9UZHYc'
       'pSxsIbECHw== me')
DECLARED = {
    'servers': [
        {'name': 'web-1', 'project': 'demo', 'flavor': 'm1.tiny', 'image': 'fakeimage7', 'key_name': 'mine',
         'security_groups': ['web'], 'metadata': {'role': 'web'}, 'networks': ['test_0']},
        {'name': 'web-2', 'project': 'demo', 'flavor': '2', 'image': 'fakeimage7'}],
    'keypairs': [{'name': 'mine', 'user': 'demo', 'public_key': KEY}],
    'security_groups': [{'name': 'web', 'project': 'demo', 'rules': [
        {'protocol': 'tcp', 'from_port': 80}, {'protocol': 'icmp', 'cidr': '10.0.0.0/8'}]}],
    'volumes': [{'name': 'data', 'project': 'demo', 'size': 2}],
    'flavors': [{'id': '77', 'name': 'tiny', 'ram': 64, 'vcpus': 1}],
}


@pytest.fixture
def write(tmp_path):
    def write(document) -> str:
        path = tmp_path / 'fixtures.yaml'
        path.write_text(document if isinstance(document, str) else yaml.safe_dump(document))
        return str(path)
    return write


def load(path):
    fixtures.load(path)
    fixtures.load(path, late=True)


def mistakes(path):
    with pytest.raises(exception.FixturesError) as caught:
        load(path)
    return [line.removeprefix(f'{path}: ') for line in caught.value.mistakes]


def names(client, path):
    return sorted(item['name'] for item in client.get(path).json.popitem()[1])


def test_servers_and_what_they_need_are_made_in_the_name_of_their_owner(client, write):
    CONF.set_override('boot_seconds', 3600.0, 'fake')       # it is set up at once all the same
    try:
        load(write(DECLARED))
    finally:
        CONF.set_override('boot_seconds', 0.0, 'fake')
    demo = client.as_user('demo', 'demo')
    servers = {server['name']: server for server in demo.get('/servers/detail').json['servers']}
    assert {name: server['status'] for name, server in servers.items()} == {
        'web-1': 'ACTIVE', 'web-2': 'ACTIVE'}
    web = servers['web-1']
    assert (web['key_name'], web['metadata'], web['user_id']) == ('mine', {'role': 'web'}, 'demo')
    assert [group['name'] for group in web['security_groups']] == ['web']
    assert list(web['addresses']) == ['test_0']
    assert names(client, '/servers') == []      # of admin's project
    groups = {group['name']: group for group in demo.get('/os-security-groups').json['security_groups']}
    assert [(rule['ip_protocol'], rule['from_port'], rule['to_port'], rule['ip_range'])
            for rule in groups['web']['rules']] == [
        ('tcp', 80, 80, {'cidr': '0.0.0.0/0'}), ('icmp', -1, -1, {'cidr': '10.0.0.0/8'})]
    assert [volume['displayName'] for volume in demo.get('/os-volumes').json['volumes']] == ['data']
    assert 'tiny' in names(client, '/flavors')


def test_each_thing_is_made_once_whatever_becomes_of_it(client, write):
    demo, path = client.as_user('demo', 'demo'), write(DECLARED)
    load(path)
    [first] = [s['id'] for s in demo.get('/servers').json['servers'] if s['name'] == 'web-1']
    assert demo.delete(f'/servers/{first}').status == 204
    assert demo.delete('/os-keypairs/mine').status == 202
    load(path)
    assert names(demo, '/servers') == ['web-2']
    assert demo.get('/os-keypairs').json == {'keypairs': []}
    assert len(demo.get('/os-volumes').json['volumes']) == 1
    # What is added to the file is made at the next start.
    added = {**DECLARED, 'servers': [*DECLARED['servers'], {
        'name': 'web-3', 'project': 'demo', 'flavor': '1', 'image': 'fakeimage7'}]}
    load(write(added))
    assert names(demo, '/servers') == ['web-2', 'web-3']


def test_what_cannot_be_made_is_not_taken_for_made(client, write):
    server = {'name': 'web', 'project': 'demo', 'flavor': 'm9', 'image': 'fakeimage7'}
    assert mistakes(write({'servers': [server]})) == ['servers: web: there is no flavor m9']
    load(write({'servers': [{**server, 'flavor': '1'}]}))
    assert names(client.as_user('demo', 'demo'), '/servers') == ['web']


@pytest.mark.parametrize('document, lines', [
    ('- a\n', ['it is not a mapping of sections']),
    ({'imagse': []}, ['there is no section imagse; there are flavors, images, networks, topology, services, '
                      'keypairs, security_groups, volumes, servers']),
    ({'images': {}, 'servers': 5}, ['images: it is not a list', 'servers: it is not a list']),
    ({'flavors': [5]}, ['flavors[0]: 5 is not a mapping']),
    ({'flavors': [{'id': '9', 'name': 'x', 'ram': 64, 'vcpus': 1}, {'name': 'y'}],
      'images': [{'name': 'z', 'id': 'no'}]},
     ['flavors[1]: flavor y has no id, ram, vcpus', "images[0]: image z: the id 'no' is not a uuid"]),
    ({'servers': [{'name': 'x'}, {'name': 'y', 'flavor': '1', 'flavour': '1'},
                  {'name': 'z', 'flavor': '1', 'networks': 'private'}]},
     ['servers[0]: server x has no flavor', 'servers[1]: server y: there is no flavour',
      'servers[2]: server z: networks is not a list of names']),
    ({'keypairs': [{'name': 'x'}]}, ['keypairs[0]: keypair x has no public_key']),
    ({'volumes': [{'name': 'x', 'size': 'big'}]},
     ["volumes[0]: volume x: its size is not a number of GiB: 'big'"]),
    ({'security_groups': [{'name': 'x', 'rules': [{'protocol': 'gre'}]}]},
     ['security_groups[0]: rule: there is no protocol gre; there are tcp, udp, icmp']),
    ({'security_groups': [{'name': 'x', 'rules': [{'protocol': 'tcp', 'from_port': 70000}]}]},
     ['security_groups[0]: rule: ports of tcp are numbers from 1 to 65535']),
    ({'security_groups': [{'name': 'x', 'rules': [{'protocol': 'tcp', 'cidr': '1.2.3.4/8'}]}]},
     ['security_groups[0]: 1.2.3.4/8 has host bits set']),
])
def test_each_mistake_is_a_line_and_nothing_is_loaded(client, write, document, lines):
    before = names(client, '/flavors')
    assert mistakes(write(document)) == lines
    assert names(client, '/flavors') == before
    with engine.reader() as conn:
        assert conn.execute(t.loaded_fixtures.select()).all() == []


@pytest.mark.parametrize('section, item, line', [
    ('servers', {'name': 'x', 'flavor': '1', 'image': 'nope'}, 'servers: x: there is no image nope'),
    ('servers', {'name': 'x', 'flavor': '1', 'image': 'fakeimage7', 'networks': ['nope']},
     'servers: x: there is no network nope'),
    ('servers', {'name': 'x', 'flavor': '1', 'image': 'fakeimage7', 'key_name': 'nope'},
     'servers: x: Keypair nope not found for user admin'),
    ('keypairs', {'name': 'x', 'public_key': 'nope'}, 'keypairs: x: Keypair data is invalid'),
    ('volumes', {'name': 'x', 'size': 1, 'image': 'nope'}, 'volumes: x: there is no image nope'),
])
def test_what_only_the_cloud_knows(client, write, section, item, line):
    [found] = mistakes(write({section: [item]}))
    assert found.startswith(line)


def test_a_file_that_is_not_there_or_no_yaml(client, write, tmp_path):
    with pytest.raises(exception.FixturesError, match='nowhere cannot be loaded: No such file'):
        load(str(tmp_path / 'nowhere'))
    with pytest.raises(exception.FixturesError, match='cannot be loaded: while parsing'):
        load(write('images: [\n'))


def test_on_each_kind_of_database(any_client, write):
    path = write(DECLARED)
    load(path)
    load(path)
    demo = any_client.as_user('demo', 'demo')
    assert names(demo, '/servers') == ['web-1', 'web-2']
    assert [volume['displayName'] for volume in demo.get('/os-volumes').json['volumes']] == ['data']
