"""What docs/testing.md and README show of clouds is executed as it stands there."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.functional.processes import DEADLINE, ROOT

TESTING = (ROOT / 'docs' / 'testing.md').read_text('utf-8')
SCRIPT = ('#!{python}\nimport sys\nsys.path.insert(0, {root!r})\nfrom minova.cmd.cloud import main\n'
          'sys.exit(main())\n')


def block(heading: str, language: str, text: str = TESTING) -> str:
    """The one block of code in `language` under `heading`."""
    section = re.search(rf'^## {re.escape(heading)}$(.*?)(?=^## |\Z)', text, re.M | re.S)[1]
    [code] = re.findall(rf'^```{language}\n(.*?)^```$', section, re.M | re.S)
    return code


@pytest.fixture
def run(tmp_path):
    """Runs a program that finds minova-cloud on its PATH."""
    command = tmp_path / 'bin' / 'minova-cloud'
    command.parent.mkdir()
    command.write_text(SCRIPT.format(python=sys.executable, root=str(ROOT)))
    command.chmod(0o755)
    temporary = tmp_path / 'tmp'
    temporary.mkdir()

    def run(*args, **env) -> str:
        path = os.pathsep.join([str(command.parent), os.path.dirname(sys.executable), os.environ['PATH']])
        modules = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
        result = subprocess.run(
            args, cwd=tmp_path, capture_output=True, text=True, timeout=4 * DEADLINE,
            env={**os.environ, 'PATH': path, 'PYTHONPATH': modules, 'XDG_STATE_HOME': str(tmp_path),
                 'TMPDIR': str(temporary), **env})
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout
    return run


def test_pytest(run, tmp_path):
    pytest.importorskip('openstack')
    pytest.importorskip('waitress')
    (tmp_path / 'test_my_tool.py').write_text(block('Python, with pytest', 'python'))
    out = run(sys.executable, '-m', 'pytest', '-q', '-p', 'minova.testing.plugin', '-p', 'no:cacheprovider',
              'test_my_tool.py', PYTEST_DISABLE_PLUGIN_AUTOLOAD='1')
    assert '3 passed' in out


def test_pytest_in_several_processes(run, tmp_path):
    pytest.importorskip('openstack')
    pytest.importorskip('waitress')
    pytest.importorskip('xdist')
    (tmp_path / 'test_my_tool.py').write_text(block('Python, with pytest', 'python'))
    out = run(sys.executable, '-m', 'pytest', '-q', '-p', 'minova.testing.plugin', '-p', 'xdist', '-n', '2',
              '-p', 'no:cacheprovider', 'test_my_tool.py', PYTEST_DISABLE_PLUGIN_AUTOLOAD='1')
    assert '3 passed' in out


def test_python(run):
    pytest.importorskip('openstack')
    pytest.importorskip('waitress')
    assert run(sys.executable, '-c', block('Python, without pytest', 'python')) == "['tiny']\n"


def test_shell(run):
    pytest.importorskip('openstack')
    out = run('bash', '-euo', 'pipefail', '-c', block('The shell', 'sh'))
    assert "'m1.tiny'" in out


@pytest.mark.skipif(not shutil.which('java'), reason='java is not installed')
def test_java(run, tmp_path):
    (tmp_path / 'CloudTest.java').write_text(block('Java', 'java'))
    assert run('java', 'CloudTest.java') == 'as it began\n'


@pytest.mark.skipif(not shutil.which('go'), reason='go is not installed')
def test_go(run, tmp_path):
    (tmp_path / 'cloud_test.go').write_text(block('Go', 'go'))
    (tmp_path / 'go.mod').write_text('module cloud\n\ngo 1.18\n')
    assert 'ok' in run('go', 'test', './...', GOFLAGS='-mod=mod', GOPROXY='off')


def test_fixtures_file(tmp_path):
    pytest.importorskip('waitress')
    from minova.testing import Cloud

    text = (ROOT / 'docs' / 'fixtures.md').read_text('utf-8')
    [code] = re.findall(r'^```yaml\n(.*?)^```$', text, re.M | re.S)
    path = tmp_path / 'fixtures.yaml'
    path.write_text(code)
    with Cloud(path) as cloud:
        connection = pytest.importorskip('openstack') and cloud.connection('demo')
        [server] = connection.compute.servers()
        assert (server.name, server.status, server.key_name) == ('web-1', 'ACTIVE', 'laptop')
        assert [volume.name for volume in connection.block_storage.volumes()] == ['data']
        assert connection.network.find_router('router1') is None     # an administrator's
        assert connection.network.find_network('public').is_router_external


def test_readme_shows_what_it_says(tmp_path):
    """The output of `minova-cloud` is README's, but for ports and the folder."""
    readme = (ROOT / 'README.md').read_text('utf-8')
    shown = block('A whole cloud in one command', 'text', readme)
    home = tmp_path / 'state'
    popen = subprocess.Popen(
        [sys.executable, '-c', 'from minova.cmd.cloud import main; main()', '--free-ports'],
        env={**os.environ, 'XDG_STATE_HOME': str(home),
             'PYTHONPATH': os.pathsep.join([str(ROOT), *filter(None, sys.path)])},
        stdout=subprocess.PIPE, text=True)
    try:
        lines = [popen.stdout.readline() for _ in shown.splitlines()]
    finally:
        popen.terminate()
        popen.communicate()
    really = ''.join(lines).replace(str(home), '/home/me/.local/state')
    assert re.sub(r':\d+', ':0', really) == re.sub(r':\d+', ':0', shown)
