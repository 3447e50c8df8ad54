"""minova.testing.Cloud: a whole cloud in this process."""

import json
import threading
import time
import urllib.error
import urllib.request

import pytest

from minova import exception
from minova.cloud import client
from minova.conf import CONF
from minova.testing import Cloud
from tests.functional.processes import eventually

pytest.importorskip('waitress')
# The start is what takes long, and each worker process has its own cloud.
pytestmark = pytest.mark.xdist_group('cloud')


def call(cloud, method, url, user='demo', body=None):
    token = client.log_in(cloud.auth_url, cloud.user(user))
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        url, data, {'X-Auth-Token': token, 'Content-Type': 'application/json'}, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
    return answer.status, json.loads(text) if text else None


def servers(cloud, user='demo'):
    status, answer = call(cloud, 'GET', f'{cloud.urls["compute"]}/servers/detail', user)
    assert status == 200, answer
    return answer['servers']


def boot(cloud, name='web', user='demo'):
    _, images = call(cloud, 'GET', f'{cloud.urls["image"]}/v2/images', user)
    status, answer = call(cloud, 'POST', f'{cloud.urls["compute"]}/servers', user, {'server': {
        'name': name, 'flavorRef': '1', 'imageRef': images['images'][0]['id']}})
    assert status == 202, answer
    return answer['server']['id']


def statuses(cloud):
    return [server['status'] for server in servers(cloud)]


def test_all_five_answer_with_the_same_token(minova_cloud):
    urls = minova_cloud.urls
    assert set(urls) == {'identity', 'compute', 'image', 'network', 'block-storage'}
    for url in (f'{urls["identity"]}/auth/projects', f'{urls["compute"]}/flavors',
                f'{urls["image"]}/v2/images', f'{urls["network"]}/v2.0/networks',
                f'{urls["block-storage"]}/volumes'):
        assert call(minova_cloud, 'GET', url)[0] == 200, url
    assert call(minova_cloud, 'GET', f'{urls["compute"]}/servers?all_tenants=1')[0] == 403


def test_a_server_is_there_when_the_answer_is(minova_cloud):
    boot(minova_cloud)
    [server] = servers(minova_cloud)
    assert server['status'] == 'ACTIVE'
    assert [address['addr'][:5] for address in server['addresses']['private']] == ['10.0.']
    assert servers(minova_cloud, 'admin') == []


def test_each_test_finds_the_cloud_as_it_began(minova_cloud):
    assert servers(minova_cloud) == []      # although tests before this one have made some
    boot(minova_cloud)
    minova_cloud.reset()
    assert servers(minova_cloud) == []
    assert statuses(minova_cloud) == []


def test_openstacksdk(minova_cloud):
    pytest.importorskip('openstack')
    connection = minova_cloud.connection('demo')
    server = connection.create_server('web', image='cirros', flavor='m1.tiny', wait=True, auto_ip=False)
    assert server.status == 'ACTIVE'
    assert [found.name for found in connection.compute.servers()] == ['web']
    assert connection.network.find_network('private').name == 'private'
    connection.close()


def test_openstacksdk_finds_it_by_the_environment(minova_cloud, monkeypatch):
    openstack = pytest.importorskip('openstack')
    for name, value in minova_cloud.environment('admin').items():
        monkeypatch.setenv(name, value)
    with openstack.connect() as connection:
        assert connection.current_project.name == 'admin'
    monkeypatch.undo()
    monkeypatch.setenv('OS_CLIENT_CONFIG_FILE', minova_cloud.clouds_yaml)
    with openstack.connect(cloud='minova-demo') as connection:
        assert connection.current_project.name == 'demo'


def test_the_next_one_fails(minova_cloud):
    minova_cloud.simulator.fail_next('build', message='No space left on device')
    boot(minova_cloud)
    [server] = servers(minova_cloud)
    assert (server['status'], server['fault']['message']) == ('ERROR', 'No space left on device')
    boot(minova_cloud)
    assert sorted(statuses(minova_cloud)) == ['ACTIVE', 'ERROR']


def test_time_stands_still_and_jumps(minova_cloud):
    simulator = minova_cloud.simulator
    simulator.transitions(build=3600)
    simulator.freeze()
    boot(minova_cloud)
    assert statuses(minova_cloud) == ['BUILD']
    simulator.thaw()
    simulator.advance(3601)
    eventually(lambda: statuses(minova_cloud) == ['ACTIVE'], 'a server that is built')
    assert simulator.settings()['transitions'] == {'build': 3600}
    minova_cloud.reset()
    assert simulator.settings()['transitions'] == {}


def test_hosts_go_down(minova_cloud):
    for host in ('compute-1', 'compute-2'):
        minova_cloud.simulator.host_down(host)
    boot(minova_cloud)
    minova_cloud.simulator.host_up('compute-2')
    boot(minova_cloud)
    assert sorted(statuses(minova_cloud)) == ['ACTIVE', 'ERROR']
    with pytest.raises(exception.ComputeHostNotFound):
        minova_cloud.simulator.host_down('nowhere')


def test_reset_ends_what_is_under_way(minova_cloud):
    minova_cloud.simulator.transitions(build=3600)
    for n in range(3):
        boot(minova_cloud, f's{n}')
    minova_cloud.reset()
    eventually(lambda: not [each for each in threading.enumerate() if each.name.startswith('work-')],
               'the end of the work')
    boot(minova_cloud)
    assert statuses(minova_cloud) == ['ACTIVE']


def test_while_it_is_paused_the_process_is_as_before(minova_cloud):
    cloud = minova_cloud
    boot(cloud)
    assert CONF.auth_strategy == 'keystone'
    cloud.pause()
    assert CONF.auth_strategy == 'noauth2'
    with pytest.raises(urllib.error.HTTPError, match='503'):
        urllib.request.urlopen(cloud.auth_url)
    cloud.resume()
    assert statuses(cloud) == ['ACTIVE']


def test_slow_work_holds_up_no_pause_and_goes_on_afterwards(minova_cloud):
    minova_cloud.simulator.transitions(build=3600)
    boot(minova_cloud)
    began = time.monotonic()
    minova_cloud.pause()
    assert time.monotonic() - began < 9.0       # what work that is cut off would get
    assert not [each for each in threading.enumerate() if each.name.startswith(('work-', 'periodic-'))]
    minova_cloud.resume()
    assert statuses(minova_cloud) == ['BUILD']
    minova_cloud.simulator.transitions(build=0)
    minova_cloud.simulator.advance(3601)
    eventually(lambda: statuses(minova_cloud) == ['ACTIVE'], 'a server that is built')


def test_it_lives_together_with_the_other_fixtures(minova_session_cloud, minova_client):
    """The cloud of the session is paused; a client in the process has its own database."""
    before = [server['name'] for server in minova_client.get('/servers/detail').json['servers']]
    assert before == []
    minova_client.boot(name='inside')
    assert minova_client.get('/servers').status == 200


def test_two_at_a_time_are_refused(minova_cloud):
    with pytest.raises(exception.CloudNested, match='There is a minova.testing.Cloud in this process'):
        Cloud().__enter__()
    assert statuses(minova_cloud) == []


def test_nothing_is_left_behind_and_another_one_works(tmp_path):
    before = set(threading.enumerate())
    for name in ('one', 'two'):
        with Cloud({'images': [{'id': 'aaaaaaaa-0a3b-4c52-9a51-c1220571e500', 'name': name}]}) as cloud:
            _, images = call(cloud, 'GET', f'{cloud.urls["image"]}/v2/images')
            assert [image['name'] for image in images['images']] == [name]
            auth_url, clouds = cloud.auth_url, cloud.clouds_yaml
        eventually(lambda: set(threading.enumerate()) <= before, 'the end of all threads')
        with pytest.raises(urllib.error.URLError, match='refused'):
            urllib.request.urlopen(auth_url)
        with pytest.raises(FileNotFoundError):
            open(clouds)


def test_options_and_mistakes(tmp_path):
    with Cloud({}, options={'quota_instances': 0}) as cloud:
        _, images = call(cloud, 'GET', f'{cloud.urls["image"]}/v2/images')
        assert images['images'] == []
        _, limits = call(cloud, 'GET', f'{cloud.urls["compute"]}/limits')
        assert limits['limits']['absolute']['maxTotalInstances'] == 0
    assert CONF.quota_instances == 10
    threads = threading.active_count()
    with pytest.raises(exception.FixturesError, match='there is no section imagse'):
        Cloud({'imagse': []}).__enter__()
    assert threading.active_count() == threads
    with pytest.raises(exception.FixturesError, match='nowhere.yaml cannot be loaded: No such file'):
        Cloud(tmp_path / 'nowhere.yaml').__enter__()
