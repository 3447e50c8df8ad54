"""Real processes: clients log in at minova's identity, and the compute API believes its tokens."""

import json
import re
import signal
import urllib.error
import urllib.request

import pytest

from tests.functional.processes import Process, eventually
from tests.functional.test_processes import certificate  # noqa: F401 - a fixture

openstack = pytest.importorskip('openstack')

OPTIONS = {'enabled_apis': 'osapi_compute,identity', 'auth_strategy': 'keystone', 'identity_listen_port': 0,
           'fake': {'boot_seconds': 0, 'action_seconds': 0}}
IMAGE = '5f0c7d1e-0a3b-4c52-9a51-c1220571e500'


def auth_url(process: Process) -> str:
    return re.search(r'Serving identity at (\S+)', process.output)[1] + 'v3'


def connect(process: Process, user: str = 'demo', password: str | None = None, project: str = 'demo',
            **options):
    return openstack.connect(
        auth_url=auth_url(process), username=user, password=password or user, project_name=project,
        user_domain_name='Default', project_domain_name='Default', **options)


def refused(call, *args) -> bool:
    """Whether it is a 401. Clients of the SDK log in once more after one, so these are plain requests."""
    try:
        call(*args)
    except urllib.error.HTTPError as error:
        return error.code == 401
    return False


def servers(connection, token: str) -> list:
    """The servers that the compute API lists for `token`."""
    url = connection.compute.get_endpoint() + '/servers'
    with urllib.request.urlopen(urllib.request.Request(url, headers={'X-Auth-Token': token})) as answer:
        return json.load(answer)['servers']


def test_a_client_from_login_to_logout(tmp_path):
    with Process(tmp_path, **OPTIONS) as process:
        demo, admin = connect(process), connect(process, 'admin', project='admin')
        made = demo.compute.create_server(name='web', image_id=IMAGE, flavor_id='1')
        assert [server.name for server in demo.compute.servers()] == ['web']
        assert [server.id for server in admin.compute.servers(all_projects=True)] == [made.id]
        shown = demo.compute.get_server(made)
        assert (shown.project_id, shown.user_id) == (demo.current_project_id, demo.current_user_id)
        # Another project sees nothing of it, and the other role of the same user neither.
        assert list(admin.compute.servers()) == []
        assert admin.compute.find_server('web') is None
        with pytest.raises(openstack.exceptions.ForbiddenException):
            list(demo.compute.servers(all_projects=True))
        assert [project.name for project in admin.identity.projects()] == ['admin', 'demo', 'service']

        token = demo.auth_token
        assert len(servers(demo, token)) == 1
        demo.session.delete(f'{auth_url(process)}/auth/tokens', headers={'X-Subject-Token': token})
        assert refused(servers, demo, token)
        assert refused(servers, demo, 'nonsense')
        assert refused(servers, demo, 'n\xf6nsense')
        assert len(servers(demo, connect(process).auth_token)) == 1
        warnings = [line for line in process.output.splitlines() if 'WARNING' in line]
        assert warnings and all('Authorization failed for token' in line for line in warnings)


def test_wrong_password(tmp_path):
    with Process(tmp_path, **OPTIONS) as process:
        with pytest.raises(openstack.exceptions.SDKException, match='requires authentication'):
            connect(process, password='wrong-password').authorize()
        assert 'wrong-password' not in process.output


def test_an_expired_token(tmp_path):
    with Process(tmp_path, token={'expiration': 2}, **OPTIONS) as process:
        demo = connect(process)
        token = demo.auth_token
        eventually(lambda: refused(servers, demo, token), '401 for an expired token')
        assert servers(demo, connect(process).auth_token) == []


def test_workers_and_a_restart(tmp_path):
    """What one worker has signed or revoked holds for all, and after a restart."""
    options = {**OPTIONS, 'identity_workers': 2, 'osapi_compute_workers': 2,
               'keystone_authtoken': {'token_cache_time': -1}}
    with Process(tmp_path, **options) as process:
        tokens = [connect(process).auth_token for _number in range(6)]
        demo = connect(process)
        assert all(servers(demo, token) == [] for token in tokens)
        demo.session.delete(f'{auth_url(process)}/auth/tokens', headers={'X-Subject-Token': tokens[0]})
        assert all(refused(servers, demo, tokens[0]) for _number in range(6))
        assert process.stop() == 0
    with Process(tmp_path, **options) as process:
        demo = connect(process)
        assert refused(servers, demo, tokens[0])
        assert servers(demo, tokens[1]) == []


def test_the_users_file_is_read_again(tmp_path):
    users = tmp_path / 'users.yaml'
    text = 'projects: [{name: demo}]\nusers: [{name: demo, password: "%s", projects: {demo: [member]}}]'
    users.write_text(text % 'first')
    with Process(tmp_path, identity={'users_file': users}, **OPTIONS) as process:
        demo = connect(process, password='first')
        token = demo.auth_token
        assert servers(demo, token) == []
        users.write_text(text % 'second')
        process.signal(signal.SIGHUP)
        eventually(lambda: refused(servers, demo, token), '401 for a token from before the new password')
        assert servers(demo, connect(process, password='second').auth_token) == []


def test_tls(tmp_path, certificate):  # noqa: F811
    cert_file, key_file = certificate
    with Process(tmp_path, enabled_ssl_apis='identity', ssl_cert_file=cert_file, ssl_key_file=key_file,
                 **OPTIONS) as process:
        assert auth_url(process).startswith('https:')
        demo = connect(process, verify=str(cert_file))
        assert list(demo.compute.servers()) == []
        assert 'Warning' not in process.output


def test_nothing_secret_in_the_log_or_in_the_report(tmp_path):
    users = tmp_path / 'users.yaml'
    users.write_text('projects: [{name: demo}]\n'
                     'users: [{name: demo, password: pass-of-demo, projects: {demo: [member]}}]')
    with Process(tmp_path, identity={'users_file': users}, debug=True, default_log_levels='',
                 **OPTIONS) as process:
        demo = connect(process, password='pass-of-demo')
        assert list(demo.compute.servers()) == []
        user = demo.current_user_id
        credential = demo.identity.create_application_credential(user, 'app', secret='secret-of-app')
        robot = openstack.connect(
            auth_type='v3applicationcredential', auth_url=auth_url(process),
            application_credential_id=credential.id, application_credential_secret='secret-of-app')
        assert list(robot.compute.servers()) == []
        with pytest.raises(openstack.exceptions.BadRequestException) as caught:
            demo.identity.create_application_credential(
                user, 'other', secret='secret-of-app', access_rules=[{}])
        assert 'secret-of-app' not in str(caught.value)
        process.signal(signal.SIGUSR2)
        eventually(lambda: 'allow_expired_window' in process.output, 'a report')
        output = process.output
        key = (tmp_path / 'state' / 'identity.keys').read_text().strip()
    derived = re.search(r'\[keystone_authtoken\].*?password\s*=\s*(\S+)', output, re.DOTALL)
    for secret in ('pass-of-demo', 'secret-of-app', key, demo.auth_token, robot.auth_token):
        assert secret not in output
    assert 'DEBUG' in output and (derived is None or set(derived[1]) == {'*'})


@pytest.mark.parametrize('options, message', [
    ({'enabled_apis': 'osapi_compute'},
     'minova-api: auth_strategy is keystone, and there is no Keystone to ask'),
    ({'keystone_authtoken': {'auth_url': 'http://127.0.0.1:1/v3'}},
     'minova-api: The identity service cannot be asked about tokens: [keystone_authtoken] has auth_url, and'),
    ({'identity_listen': 'unix:identity.socket', 'identity_listen_port': 5000},
     'minova-api: The identity service cannot be asked about tokens: it listens at unix:'),
    ({'identity_listen': '0.0.0.0'},
     'minova-api: Refusing to serve identity on 0.0.0.0: the password of user admin'),
    ({'identity': {'users_file': '/nosuch'}},
     'minova-api: The users file /nosuch cannot be loaded: No such file or directory'),
])
def test_refusal_to_start(tmp_path, options, message):
    process = Process(tmp_path, **{**OPTIONS, **options})
    assert process.start().popen.wait(30) == 1
    assert process.output.startswith(message) and process.output.count('\n') == 1


def test_default_passwords_are_refused_later_too(tmp_path):
    users = tmp_path / 'users.yaml'
    text = 'projects: [{name: demo}]\nusers: [{name: demo, password: %s, projects: {demo: [member]}}]'
    users.write_text(text % 'something')
    with Process(tmp_path, identity_listen='0.0.0.0', identity={'users_file': users}, **OPTIONS) as process:
        users.write_text(text % 'demo')
        process.signal(signal.SIGHUP)
        eventually(lambda: 'The users stay as they were: Refusing to serve' in process.output, 'a refusal')


def test_default_passwords_where_they_are_meant(tmp_path):
    with Process(tmp_path, identity_listen='0.0.0.0', identity={'allow_default_passwords': True},
                 **OPTIONS) as process:
        url = auth_url(process).replace('0.0.0.0', '127.0.0.1')
        demo = openstack.connect(auth_url=url, username='demo', password='demo', project_name='demo',
                                 user_domain_name='Default', project_domain_name='Default')
        assert list(demo.compute.servers()) == []
