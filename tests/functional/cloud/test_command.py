"""minova-cloud as a process: one command, a state directory, and what one does with them."""

import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tarfile
import urllib.request

import pytest
import yaml

from minova.cloud import client
from tests.functional.processes import DEADLINE, ROOT, eventually

FIXTURE = {
    'images': [{'id': 'aaaaaaaa-0a3b-4c52-9a51-c1220571e500', 'name': 'tiny', 'file': 'tiny.img'}],
    'topology': [{'network': 'lan', 'shared': True,
                  'subnets': [{'name': 'lan-subnet', 'cidr': '192.168.7.0/24'}]}],
    'servers': [{'name': 'web', 'project': 'demo', 'flavor': 'm1.tiny', 'image': 'tiny'}],
}
ADMIN = {'name': 'admin', 'password': 'admin', 'domain': 'Default', 'project': 'admin',
         'project_domain': 'Default'}


def run(*args, check=True, state=None, **env) -> subprocess.CompletedProcess:
    """minova-cloud with these arguments, until it ends."""
    return subprocess.run(_command(args, state), env=_environment(env), capture_output=True, text=True,
                          timeout=2 * DEADLINE, check=check)


def _command(args, state):
    where = [] if state is None else ['--state-dir', str(state)]
    return [sys.executable, '-c', 'import sys; from minova.cmd.cloud import main; sys.exit(main())',
            *where, *map(str, args)]


def _environment(more):
    path = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
    return {**os.environ, 'PYTHONPATH': path, **more}


class Serving:
    """minova-cloud that serves, on free ports, as a context manager."""

    def __init__(self, state: pathlib.Path, *args, output=('--json',), ports=('--free-ports',)):
        self.state, self._args = state, (*ports, *output, *args)

    def __enter__(self):
        self.popen = subprocess.Popen(_command(self._args, self.state), env=_environment({}), text=True,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        line = self.popen.stdout.readline()
        assert line, self.popen.communicate()[1]
        self.told = json.loads(line) if line.startswith('{') else line
        return self

    def __exit__(self, *exc_info):
        if self.popen.poll() is None:
            self.popen.kill()
        self.popen.communicate()

    def stop(self) -> int:
        self.popen.send_signal(signal.SIGINT)
        return self.popen.wait(DEADLINE)

    def call(self, service, path, user='demo', body=None):
        as_user = {**ADMIN, 'name': user, 'password': user, 'project': user}
        request = urllib.request.Request(
            self.told['services'][service] + path, body and json.dumps(body).encode(),
            {'X-Auth-Token': client.log_in(self.told['auth_url'], as_user),
             'Content-Type': 'application/json'})
        with urllib.request.urlopen(request, timeout=DEADLINE) as answer:
            return json.loads(answer.read() or 'null')

    def request(self, method, service, path) -> bytes:
        """As an administrator, without a body."""
        request = urllib.request.Request(self.told['services'][service] + path, method=method, headers={
            'X-Auth-Token': client.log_in(self.told['auth_url'], ADMIN)})
        with urllib.request.urlopen(request, timeout=DEADLINE) as answer:
            return answer.read()

    def servers(self) -> dict[str, str]:
        found = self.call('compute', '/servers/detail')['servers']
        return {server['name']: server['status'] for server in found}

    def boot(self, name):
        [image, *_] = self.call('image', '/v2/images')['images']
        self.call('compute', '/servers', body={'server': {
            'name': name, 'flavorRef': '1', 'imageRef': image['id']}})


@pytest.fixture
def state(tmp_path):
    return tmp_path / 'state'


@pytest.fixture
def fixture_file(tmp_path):
    (tmp_path / 'tiny.img').write_bytes(b'tiny' * 1000)
    path = tmp_path / 'fixture.yaml'
    path.write_text(yaml.safe_dump(FIXTURE))
    return path


def test_it_begins_tells_how_to_use_it_and_goes_on_after_kill_9(state, tmp_path):
    ready = tmp_path / 'ready'
    with Serving(state, '--ready-file', ready) as cloud:
        assert set(cloud.told['services']) == {'identity', 'compute', 'image', 'network', 'block-storage'}
        assert [(user['name'], user['password']) for user in cloud.told['users']] == [
            ('admin', 'admin'), ('demo', 'demo')]
        eventually(ready.exists, 'a file that says that it serves')
        assert json.loads(ready.read_text()) == cloud.told
        assert [each['name'] for each in cloud.call('image', '/v2/images')['images']] == ['cirros']
        assert {each['name'] for each in cloud.call('network', '/v2.0/networks')['networks']} == {
            'private', 'public'}
        assert [each['name'] for each in cloud.call('network', '/v2.0/routers', 'admin')['routers']] == [
            'router1']
        cloud.boot('web')
        cloud.popen.kill()
        cloud.popen.wait()
    with Serving(state) as cloud:
        eventually(lambda: cloud.servers() == {'web': 'ACTIVE'}, 'the server of before')
        cloud.boot('second')
        assert cloud.stop() == 0
    assert not (state / 'running.json').exists()
    with Serving(state) as cloud:
        eventually(lambda: cloud.servers() == {'web': 'ACTIVE', 'second': 'ACTIVE'}, 'both servers')


def test_the_files_are_for_people_and_for_them_alone(state):
    with Serving(state, '--empty'):
        assert {name for name in os.listdir(state) if not name.startswith('minova')} == {
            'clouds.yaml', 'fixtures.yaml', 'identity.keys', 'lock', 'nova.conf', 'running.json',
            'users.yaml'}
        assert state.stat().st_mode & 0o077 == 0
        for name in ('clouds.yaml', 'identity.keys', 'users.yaml', 'running.json', 'nova.conf'):
            assert (state / name).stat().st_mode & 0o077 == 0, name
    config = state / 'nova.conf'
    config.write_text(config.read_text().replace('hosts = compute-1,compute-2', 'hosts = only-one'))
    with Serving(state) as cloud:
        hypervisors = cloud.call('compute', '/os-hypervisors', 'admin')['hypervisors']
        assert 'only-one' in [each['hypervisor_hostname'] for each in hypervisors]
        assert 'hosts = only-one' in config.read_text()


def test_env_is_for_eval(state):
    with Serving(state, '--empty') as cloud:
        shell = subprocess.run(
            ['sh', '-ec', 'eval "$1"; echo "$OS_USERNAME $OS_PASSWORD $OS_PROJECT_NAME $OS_AUTH_URL"', 'sh',
             run('env', '--user', 'demo', state=state).stdout], capture_output=True, text=True, check=True)
        assert shell.stdout.split() == ['demo', 'demo', 'demo', cloud.told['auth_url']]
        variables = json.loads(run('env', '--json', state=state).stdout)
        assert variables['OS_USERNAME'] == 'admin'
        assert variables['OS_CLIENT_CONFIG_FILE'] == str(state / 'clouds.yaml')
        clouds = yaml.safe_load((state / 'clouds.yaml').read_text())['clouds']
        assert clouds['minova-demo']['auth']['auth_url'] == cloud.told['auth_url']
        refused = run('env', '--user', 'joe', state=state, check=False)
        assert (refused.returncode, refused.stderr) == (
            1, 'minova-cloud: There is no user joe whose password is known; there are admin, demo\n')
    refused = run('env', state=state, check=False)
    assert (refused.returncode, refused.stderr) == (1, f'minova-cloud: No cloud runs in {state}\n')


def test_openstacksdk_goes_by_what_is_told(state):
    pytest.importorskip('openstack')
    code = ("import openstack; cloud = openstack.connect(); "
            "print([image.name for image in cloud.image.images()], cloud.current_project.name)")
    with Serving(state):
        variables = json.loads(run('env', '--user', 'demo', '--json', state=state).stdout)
        result = subprocess.run([sys.executable, '-c', code], env={**os.environ, **variables},
                                capture_output=True, text=True, timeout=DEADLINE)
        assert result.stdout == "['cirros'] demo\n", result.stderr


def test_empty(state):
    with Serving(state, '--empty') as cloud:
        assert cloud.call('image', '/v2/images')['images'] == []
        assert cloud.call('network', '/v2.0/networks', 'admin')['networks'] == []
        assert cloud.call('compute', '/flavors')['flavors'] != []


def test_a_fixture_with_servers_and_the_way_back_to_it(state, fixture_file):
    with Serving(state, '--fixture', fixture_file) as cloud:
        assert cloud.servers() == {'web': 'ACTIVE'}     # at once: it is ready when they are
        cloud.boot('more')
        [image] = cloud.call('image', '/v2/images')['images']
        assert (image['name'], image['size']) == ('tiny', 4000)
        cloud.request('DELETE', 'image', f'/v2/images/{image["id"]}')
        assert run('reset', state=state).stdout == ''
        assert cloud.servers() == {'web': 'ACTIVE'}
        assert _content(cloud) == b'tiny' * 1000
        cloud.boot('more')
        cloud.stop()
    run('reset', state=state)       # not running
    with Serving(state) as cloud:
        assert cloud.servers() == {'web': 'ACTIVE'}
        assert _content(cloud) == b'tiny' * 1000


def _content(cloud) -> bytes:
    [image] = cloud.call('image', '/v2/images')['images']
    return cloud.request('GET', 'image', image['file'])


def test_save_while_it_serves_and_begin_from_that(state, fixture_file, tmp_path):
    saved = tmp_path / 'saved.tar'
    with Serving(state, '--fixture', fixture_file) as cloud:
        cloud.call('compute', '/os-minova-simulator', 'admin', {'simulator': {'transitions': {'build': 4}}})
        cloud.boot('under-way')
        run('save', saved, state=state)
        assert cloud.servers()['under-way'] == 'BUILD'
        with tarfile.open(saved) as tar:
            assert tar.getnames()[0] == 'saved.json'
            assert not [name for name in tar.getnames() if 'keys' in name]
        assert saved.stat().st_mode & 0o077 == 0
        # The copy lives its own life, beside the original.
        with Serving(tmp_path / 'other', '--from', saved) as other:
            assert other.told['auth_url'] != cloud.told['auth_url']
            other.boot('only-there')
            assert _content(other) == b'tiny' * 1000
            eventually(lambda: other.servers().get('under-way') == 'ACTIVE', 'the work goes on')
            run('reset', state=tmp_path / 'other')
            assert set(other.servers()) == {'web', 'under-way'}
        assert set(cloud.servers()) == {'web', 'under-way'}


def test_a_start_that_fails_leaves_nothing_in_the_way(state, fixture_file):
    fixture_file.write_text(yaml.safe_dump({**FIXTURE, 'images': [{}, {'name': 'x', 'id': 5}]}))
    refused = run('--fixture', fixture_file, '--free-ports', state=state, check=False)
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        f'minova-cloud: {fixture_file}: images[0]: image None has no name',
        f'minova-cloud: {fixture_file}: images[1]: image x: the id 5 is not a uuid']
    # What only the cloud knows is found when half of it is loaded.
    fixture_file.write_text(yaml.safe_dump(
        {**FIXTURE, 'servers': [{'name': 'web', 'flavor': 'm9', 'image': 'tiny'}]}))
    refused = run('--fixture', fixture_file, '--free-ports', state=state, check=False)
    assert (refused.returncode, refused.stderr) == (
        1, f'minova-cloud: {state}/fixtures.yaml: servers: web: there is no flavor m9\n')
    fixture_file.write_text(yaml.safe_dump(FIXTURE))
    with Serving(state, '--fixture', fixture_file) as cloud:
        assert cloud.servers() == {'web': 'ACTIVE'}


def test_what_is_refused(state, fixture_file, tmp_path):
    public = run('--host', '0.0.0.0', '--free-ports', state=state, check=False)
    assert public.returncode == 1
    assert public.stderr.startswith('minova-cloud: Refusing to serve identity on 0.0.0.0')
    assert public.stderr.count('\n') == 1
    nothing = run('save', tmp_path / 'x', state=tmp_path / 'none', check=False)
    assert (nothing.returncode, nothing.stderr) == (
        1, f'minova-cloud: Cannot read {tmp_path}/none: There is no cloud in it\n')
    with Serving(state, '--empty'):
        second = run('--free-ports', state=state, check=False)
        assert (second.returncode, second.stderr) == (1, f'minova-cloud: A cloud runs in {state} already\n')
    again = run('--fixture', fixture_file, '--free-ports', state=state, check=False)
    assert again.returncode == 1
    assert f'There is a cloud in {state} already: --fixture is for a new one' in again.stderr
    broken = tmp_path / 'broken.tar'
    broken.write_bytes(b'no tar')
    refused = run('--from', broken, '--free-ports', state=tmp_path / 'new', check=False)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f'minova-cloud: Cannot read {broken}: ')
    assert run('--from', broken, '--empty', check=False).returncode == 2


def test_what_it_says_to_people(state):
    with Serving(state, output=()) as cloud:
        assert cloud.told == 'A cloud, at\n'
        lines = [cloud.popen.stdout.readline() for _ in range(15)]
        text = ''.join(lines)
        assert 'admin          password admin, project admin, administrator\n' in text
        assert f'export OS_CLIENT_CONFIG_FILE={state}/clouds.yaml\n' in text
        assert f'eval "$(minova-cloud env --state-dir {state} --user demo)"' in text
        assert lines[-1] == f'What is made stays in {state}. Ready; Ctrl-C ends it.\n'


def test_ports_with_an_offset(state):
    offset = _free_offset()
    with Serving(state, '--empty', ports=('--port-offset', offset)) as cloud:
        assert cloud.told['auth_url'] == f'http://127.0.0.1:{5000 + offset}/v3'


def _free_offset() -> int:
    for offset in range(20000, 50000, 997):
        try:
            for port in (5000, 8774, 9292, 9696, 8776):
                with socket.socket() as sock:
                    sock.bind(('127.0.0.1', port + offset))
        except OSError:
            continue
        return offset
    raise AssertionError('no ports are free')
