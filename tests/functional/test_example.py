"""examples/minova-notes: installed as its users would, found, tested, and gone without a trace."""

import json
import os
import shutil
import subprocess
import sys

import pytest
import sqlalchemy as sa

from minova import exception
from minova.api.openstack.compute import APIRouterV21
from minova.db import engine, migration
from minova.testing import distributions
from tests.functional.processes import ROOT

EXAMPLE = ROOT / 'examples' / 'minova-notes'


def run(*args, path=(), cwd=None) -> subprocess.CompletedProcess:
    places = [*map(str, path), str(ROOT), *filter(None, sys.path)]
    return subprocess.run(
        [sys.executable, *map(str, args)], cwd=cwd, timeout=300, capture_output=True, text=True,
        env={**os.environ, 'PYTHONPATH': os.pathsep.join(places)})


@pytest.fixture(scope='module')
def folder(tmp_path_factory):
    """Where pip has installed the example, from its own setup.cfg and nothing else."""
    base = tmp_path_factory.mktemp('example')
    source, target = base / 'source', base / 'installed'
    shutil.copytree(EXAMPLE, source)
    result = run('-m', 'pip', 'install', '--quiet', '--no-deps', '--no-build-isolation',
                 '--no-index', '--disable-pip-version-check', '--target', target, source)
    assert result.returncode == 0, result.stderr
    return target


def test_its_own_tests_pass(folder, tmp_path):
    shutil.copytree(EXAMPLE / 'tests', tmp_path / 'tests')
    result = run('-m', 'pytest', '-q', '-p', 'no:cacheprovider', 'tests', path=[folder],
                 cwd=tmp_path)
    assert result.returncode == 0, result.stdout
    assert ' passed' in result.stdout and 'failed' not in result.stdout


def test_without_its_backend_the_field_is_unknown(folder, configured, embedded_database):
    with distributions.installed(folder):
        from minova.testing.client import Client
        answer = Client.load().post('/servers', {'server': {
            'name': 'x', 'imageRef': 'x', 'flavorRef': '1', 'notes:text': 'x'}})
    assert answer.status == 400
    assert "('notes:text' was unexpected)" in answer.message


def test_it_leaves_no_trace(folder, configured):
    def listed():
        router = APIRouterV21()
        return (sorted(router.loaded_extension_info.get_extensions()),
                [r.routepath for r in router.map.matchlist],
                sorted(router.resources['servers'].wsgi_actions))

    before = listed()
    with distributions.installed(folder):
        during = listed()
    assert 'minova-notes' in during[0] and '/notes' in during[1] and 'addNote' in during[2]
    assert listed() == before


def test_its_table_is_made_where_minovas_are(folder, embedded_database, tmp_path):
    def tables():
        with engine.reader() as conn:
            return set(sa.inspect(conn).get_table_names())

    before = tables()
    assert 'minova_notes' not in before
    migration.ensure_ready()
    with distributions.installed(folder):
        migration.ensure_ready()            # to a database that is in use
        assert tables() == before | {'minova_notes'}
        engine.configure(f'sqlite:///{tmp_path}/new.sqlite')
        migration.sync()
        assert 'minova_notes' in tables()
    migration.ensure_ready()                # what is in the table outlives the package
    assert 'minova_notes' in tables()


def test_routes_are_listed_with_their_package(folder, tmp_path):
    config = tmp_path / 'nova.conf'
    config.write_text(f'[DEFAULT]\nstate_path = {tmp_path}\n')
    result = run('-c', 'import sys; from minova.cmd.manage import main; sys.exit(main())',
                 '--config-file', config, 'routes', 'list', '--format', 'json', '--match', '/notes',
                 path=[folder])
    rows = json.loads(result.stdout)
    assert {row['package'] for row in rows} == {'minova-notes'}
    assert {row['extension'] for row in rows} == {'minova-notes'}
    [update] = [row for row in rows if row['action'] == 'update']
    assert (update['versions'], update['policy']) == ('2.9-', ['minova_notes:update'])
    [create] = [row for row in rows if row['action'] == 'create']
    assert create['policy'] == ['minova_notes:create']
    assert create['schema'] == ['minova_notes.schemas.create']


@pytest.mark.parametrize('kind', ['postgresql', 'mariadb'])
def test_on_a_database_server_db_sync_makes_its_table(folder, database_servers, kind):
    engine.configure(database_servers.clean(kind))
    try:
        migration.ensure_ready()
        with distributions.installed(folder):
            with pytest.raises(exception.DatabaseNotReady, match='without minova_notes.*db sync'):
                migration.ensure_ready()
            migration.sync()
            migration.ensure_ready()
        with engine.writer() as conn:
            conn.exec_driver_sql('DROP TABLE minova_notes')
    finally:
        engine.configure(None)
