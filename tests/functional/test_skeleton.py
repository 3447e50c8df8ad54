"""minova-manage extension new: what it writes is an extension that works."""

import json
import subprocess
import sys

import pytest

from tests.functional.test_example import run
from tests.functional.test_manage import manage  # noqa: F401

_MANAGE = 'import sys; from minova.cmd.manage import main; sys.exit(main())'


@pytest.mark.parametrize('name, module, alias', [
    ('minova-parking', 'minova_parking', 'parking'), ('spare_parts2', 'spare_parts2', 'spare-parts2')])
def test_it_is_installed_loaded_and_tested(manage, tmp_path, name, module, alias):  # noqa: F811
    source, installed = tmp_path / name, tmp_path / 'installed'
    result = manage('extension', 'new', name, '--directory', str(source))
    assert result.returncode == 0, result.stderr
    assert str(source / module / 'api.py') in result.stdout.splitlines()
    ruff = subprocess.run([sys.executable, '-m', 'ruff', 'check', '--isolated', '--select',
                           'E,F,W,I,B', '--line-length', '100', source], capture_output=True,
                          text=True, timeout=60)
    assert ruff.returncode == 0, ruff.stdout + ruff.stderr
    result = run('-m', 'pip', 'install', '--quiet', '--no-deps', '--no-build-isolation',
                 '--no-index', '--disable-pip-version-check', '--target', installed, source)
    assert result.returncode == 0, result.stderr
    result = run('-m', 'pytest', '-q', '-p', 'no:cacheprovider', source / 'tests', cwd=tmp_path,
                 path=[installed])
    assert result.returncode == 0 and '5 passed' in result.stdout, result.stdout
    config = tmp_path / 'nova.conf'
    result = run('-c', _MANAGE, '--config-file', config, 'routes', 'list', '--format', 'json',
                 path=[installed])
    rows = [row for row in json.loads(result.stdout)
            # Old versions of setuptools write - for _.
            if row['package'].replace('_', '-') == name.replace('_', '-')]
    assert {(row['path'], row['extension'], *row['policy']) for row in rows} == {
        (f'/{alias}', alias, f'{module}:index'),
        ('/servers/{id}/action', alias, f'{module}:action')}
    assert result.stderr == ''


def test_it_overwrites_nothing(manage, tmp_path):   # noqa: F811
    tmp_path.joinpath('x').mkdir()
    tmp_path.joinpath('x', 'mine').write_text('mine')
    result = manage('extension', 'new', 'x')
    assert result.returncode == 1
    assert result.stderr == 'minova-manage: Cannot write to x: there is something already\n'
    assert [p.name for p in tmp_path.joinpath('x').iterdir()] == ['mine']


@pytest.mark.parametrize('name', ['Notes', '../notes', 'notes-', '2fast', 'a b', ''])
def test_names_that_no_package_can_have(manage, name):  # noqa: F811
    result = manage('extension', 'new', name)
    assert result.returncode == 2 and 'is no name of a package' in result.stderr
