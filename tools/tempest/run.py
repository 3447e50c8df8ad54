"""Run Tempest, OpenStack's own tests of its APIs, against a minova-cloud that is made for it.

    python tools/tempest/run.py FOLDER [REGEX] [--tempest PATH]

FOLDER, which must not be there yet, becomes the workspace of Tempest: its logs are in it afterwards, and the
cloud in FOLDER/cloud. REGEX says which tests; without it these are all for which users need not be made. The
exit status is that of Tempest.

Tempest (`pip install tempest`) may be in an environment of its own; `--tempest` says where its command is.
"""

import argparse
import contextlib
import json
import pathlib
import re
import signal
import subprocess
import sys
import time

import openstack
import yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
IMAGES = ('5f0c7d1e-0a3b-4c52-9a51-c1220571e501', '5f0c7d1e-0a3b-4c52-9a51-c1220571e502')
PASSWORD = 'tempest'
TESTS = r'^tempest\.api\.(compute|identity\.v3|image|network|volume)\.'
#: As many of each as tests that run at the same time may want.
PROJECTS = [f't{number}' for number in range(1, 9)]
ROLES = ('member', 'reader', 'manager')
_PATIENCE = 60      # seconds that the cloud gets to begin


def users() -> dict:
    """The users file: three administrators, and in each project somebody with each role."""
    everybody = [{'name': name, 'password': 'admin', 'default_project': 'admin', 'system': ['admin'],
                  'projects': {'admin': ['admin']}, 'domains': {'Default': ['admin']}}
                 for name in ('admin', 'admin2', 'admin3')]
    everybody += [{'name': f'{project}-{role}', 'password': PASSWORD, 'default_project': project,
                   'projects': {project: [role]}} for project in PROJECTS for role in ROLES]
    return {'domains': [{'name': 'Default', 'id': 'default'}], 'roles': ['admin', *ROLES], 'users': everybody,
            'projects': [{'name': name} for name in ('admin', 'service', *PROJECTS)]}


def accounts() -> list[dict]:
    """The same for Tempest."""
    found = []
    for user in users()['users']:
        [(project, roles)] = user['projects'].items()
        found.append({'username': user['name'], 'password': user['password'], 'project_name': project,
                      'user_domain_name': 'Default', 'project_domain_name': 'Default',
                      'domain_name': 'Default', 'roles': roles})
        if roles == ['admin']:
            found[-1]['types'] = ['admin']
    return found


def fixture() -> dict:
    """What the cloud begins with: its usual networks, and two images with a content."""
    networks = yaml.safe_load((ROOT / 'minova' / 'fixtures.yaml').read_text())['topology']
    return {'topology': networks, 'images': [
        {'id': image, 'name': f'image{number}', 'file': 'image.raw', 'disk_format': 'raw',
         'container_format': 'bare'} for number, image in enumerate(IMAGES, 1)]}


def nova_conf(state: pathlib.Path) -> str:
    """The usual configuration of a cloud; things take a short time, and who migrates goes elsewhere."""
    config = (ROOT / 'minova' / 'cloud' / 'nova.conf').read_text()
    for option, value in (('state_path', state), ('boot_seconds', 0.3), ('action_seconds', 0.2),
                          ('transition_seconds', ''), ('allow_resize_to_same_host', False)):
        config = re.sub(rf'(?m)^{option} =.*$', f'{option} = {value}', config)
    return config


@contextlib.contextmanager
def cloud(folder: pathlib.Path):
    """Begin a cloud; what it says of itself."""
    state = folder / 'cloud'
    state.mkdir(mode=0o700)
    (state / 'users.yaml').write_text(yaml.safe_dump(users()))
    (folder / 'image.raw').write_bytes(bytes(100 * 1024))
    (folder / 'fixture.yaml').write_text(yaml.safe_dump(fixture()))
    (state / 'nova.conf').write_text(nova_conf(state))
    ready = folder / 'ready.json'
    process = subprocess.Popen([
        pathlib.Path(sys.executable).with_name('minova-cloud'), '--state-dir', state, '--free-ports',
        '--fixture', folder / 'fixture.yaml', '--ready-file', ready, '--quiet'])
    try:
        end = time.monotonic() + _PATIENCE
        while not ready.exists():
            if process.poll() is not None or time.monotonic() > end:
                sys.exit('The cloud does not begin.')
            time.sleep(0.1)
        yield json.loads(ready.read_text())
    finally:
        process.terminate()
        process.wait()


def connect(auth_url: str) -> openstack.connection.Connection:
    return openstack.connection.Connection(auth={
        'auth_url': auth_url, 'username': 'admin', 'password': 'admin', 'project_name': 'admin',
        'user_domain_name': 'Default', 'project_domain_name': 'Default'})


def tempest_conf(folder: pathlib.Path, auth_url: str, network) -> str:
    """:param network: openstacksdk's proxy of the network API"""
    return (HERE / 'tempest.conf').read_text().format(
        folder=folder, auth_url=auth_url, image=IMAGES[0], other_image=IMAGES[1],
        public=network.find_network('public', ignore_missing=False).id,
        extensions=','.join(sorted(each.alias for each in network.extensions())))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('folder', type=pathlib.Path)
    parser.add_argument('regex', nargs='?', default=TESTS)
    parser.add_argument('--tempest', default='tempest', metavar='PATH', help='the command')
    args = parser.parse_args()
    folder = args.folder.resolve()
    folder.mkdir(parents=True)
    # Otherwise it is noted in the home, and no other one may have the same name.
    subprocess.run([args.tempest, 'init', folder, '--workspace-path', folder / 'workspace.yaml'], check=True)
    (folder / 'accounts.yaml').write_text(yaml.safe_dump(accounts()))
    # Whoever ends this process ends its cloud.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with cloud(folder) as told:
        (folder / 'etc' / 'tempest.conf').write_text(tempest_conf(
            folder, told['auth_url'], connect(told['auth_url']).network))
        return subprocess.run([args.tempest, 'run', '--regex', args.regex, '--concurrency', '2'],
                              cwd=folder).returncode


if __name__ == '__main__':
    sys.exit(main())
