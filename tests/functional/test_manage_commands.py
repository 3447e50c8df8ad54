"""What an operator does with minova-manage: output, effect, and errors in one line."""

import argparse
import datetime
import io
import json
import re

import pytest

from minova import context, volume
from minova.cmd import commands, manage
from minova.db import archive, engine
from minova.db import tables as t
from minova.db.types import utcnow
from tests.functional.servers import add_server

IMAGE = '155d900f-4e14-4e4c-a73d-069cbf4541e6'


@pytest.fixture
def run(client, capsys, monkeypatch):
    """Return a function that runs minova-manage on the database of the test: (status, out, err)."""
    # The configuration is the test's; a second reading of it would undo that.
    monkeypatch.setattr(manage.config, 'parse_args', lambda *args: None)

    def run(*args: str) -> tuple[int, str, str]:
        status = manage.main(args)
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def fails(run, *args: str) -> str:
    status, out, err = run(*args)
    assert (status, out) == (1, '')
    assert err.startswith('minova-manage: ') and err.count('\n') == 1
    return err


# ---- help


def parsers(parser=None):
    """(parser, whether it is a command's) of minova-manage and all below it."""
    parser = parser or manage._parser()
    below = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    yield parser, not below
    for action in below:
        for each in action.choices.values():
            yield from parsers(each)


COMMANDS = [p.prog.split()[1:] for p, is_command in parsers() if is_command]


def test_help_explains_everything():
    for parser, _is_command in parsers():
        assert re.match(r'[A-Z].*\.$', parser.description, re.DOTALL), parser.prog
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                assert all(choice.help for choice in action._choices_actions), parser.prog
                assert {c.dest for c in action._choices_actions} == set(action.choices)
            else:
                assert action.help, (parser.prog, action.dest)


@pytest.mark.parametrize('command', [[], *COMMANDS], ids=' '.join)
def test_help_is_shown(capsys, command):
    with pytest.raises(SystemExit) as ended:
        manage.main([*command, '--help'])
    assert ended.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith('usage: minova-manage ') and max(map(len, out.splitlines())) <= 100


@pytest.mark.parametrize('command', COMMANDS, ids=' '.join)
def test_malformed_commands(capsys, command):
    with pytest.raises(SystemExit) as ended:
        manage.main([*command, '--nosuch'])
    assert ended.value.code == 2
    err = capsys.readouterr().err
    assert err.startswith('usage: ') and 'error: ' in err.splitlines()[-1] and 'Traceback' not in err


@pytest.mark.parametrize('args, reason', [
    (('db', 'purge', '--older-than', '-1'), '-1 is not between 0 and'),
    (('db', 'purge', '--older-than', 'x'), "'x' is not a whole number"),
    (('db', 'purge', '--max-rows', '0'), '0 is not between 1 and'),
    (('db', 'purge', '--batch', str(10 ** 30)), 'is not between 1 and'),
    (('flavor', 'create', 'x', '--ram', 'big', '--vcpus', '1', '--disk', '1'), "'big'"),
    (('routes', 'list', '--format', 'xml'), "'xml'"),
    (('quota', 'set', '', 'cores=1'), '1 to 255 characters'),
    (('quota', 'show', 'x' * 256), '1 to 255 characters'),
    (('project', 'purge', ' ', '--yes'), '1 to 255 characters'),
    (('service', 'disable', 'compute', '--reason', 'x' * 256), '1 to 255 characters'),
    (('trace', 'GET', '/servers', '--header', 'x'), "'x' is not NAME:VALUE"),
    (('extension', 'new', 'Not A Name'), 'is no name of a package'),
    (('extension', 'new', 'class'), 'is taken'), (('extension', 'new', 'json'), 'is taken'),
    (('extension', 'new', 'minova'), 'is taken')])
def test_malformed_arguments(capsys, args, reason):
    with pytest.raises(SystemExit) as ended:
        manage.main(args)
    assert ended.value.code == 2
    assert reason in capsys.readouterr().err.splitlines()[-1]


# ---- flavors


def test_flavors(run, client):
    status, out, _err = run('flavor', 'create', 'c1', '--id', '77', '--ram', '64', '--vcpus', '2',
                            '--disk', '3', '--private', '--property', 'hw:mem=large')
    assert (status, out) == (0, '77\n')
    shown = client.get('/flavors/77').json['flavor']
    assert (shown['ram'], shown['vcpus'], shown['disk']) == (64, 2, 3)
    assert shown['os-flavor-access:is_public'] is False
    specs = client.get('/flavors/77/os-extra_specs').json['extra_specs']
    assert specs == {'hw:mem': 'large'}
    lines = run('flavor', 'list')[1].splitlines()
    assert lines[0].split()[:2] == ['ID', 'Name']
    assert any(line.split() == ['77', 'c1', '64', '2', '3', '0', '0', 'no'] for line in lines)
    assert run('flavor', 'delete', '77')[0] == 0
    assert client.get('/flavors/77').status == 404


def test_flavors_that_cannot_be(run):
    assert '77' in fails(run, 'flavor', 'delete', '77')
    numbers = ('--vcpus', '1', '--disk', '1')
    assert 'ram' in fails(run, 'flavor', 'create', 'x', '--ram', '0', *numbers)
    assert 'm1.tiny' in fails(run, 'flavor', 'create', 'm1.tiny', '--ram', '1', *numbers)
    assert 'attribute name' in fails(run, 'flavor', 'create', ' ', '--ram', '1', *numbers)
    assert 'attribute id' in fails(run, 'flavor', 'create', 'x', '--id', '../1', '--ram', '1', *numbers)
    assert 'a!b' in fails(
        run, 'flavor', 'create', 'x', '--ram', '1', *numbers, '--property', 'a!b=1')
    assert 'KEY=VALUE' in fails(
        run, 'flavor', 'create', 'x', '--ram', '1', *numbers, '--property', 'x')


# ---- quotas


def test_quotas(run, client):
    assert run('quota', 'set', 'blue', 'instances=3', 'cores=-1')[0] == 0
    rows = {line.split()[0]: line.split()[1:] for line in
            run('quota', 'show', 'blue')[1].splitlines()}
    assert rows['instances'] == ['3', '0', '0'] and rows['cores'][0] == 'none'
    assert client.get('/os-quota-sets/blue').json['quota_set']['instances'] == 3
    assert run('quota', 'set', 'blue', 'instances=2', '--user', 'alice')[0] == 0
    shown = client.get('/os-quota-sets/blue?user_id=alice').json['quota_set']
    assert shown['instances'] == 2


def test_quotas_that_cannot_be(run):
    assert 'cores' in fails(run, 'quota', 'set', 'blue', 'nosuch=1')
    assert 'number' in fails(run, 'quota', 'set', 'blue', 'cores=many')
    assert '-2' in fails(run, 'quota', 'set', 'blue', 'cores=-2')
    run('quota', 'set', 'blue', 'instances=3')
    assert 'less than or equal to 3' in fails(
        run, 'quota', 'set', 'blue', 'instances=4', '--user', 'alice')


# ---- services


def test_services(run, client):
    def shown() -> dict:
        return next(s for s in client.get('/os-services?binary=nova-compute',
                                          version='2.11').json['services']
                    if s['host'] == 'compute')

    assert run('service', 'disable', 'compute', '--reason', 'new memory')[0] == 0
    assert (shown()['status'], shown()['disabled_reason']) == ('disabled', 'new memory')
    assert 'new memory' in run('service', 'list')[1]
    assert run('service', 'enable', 'compute')[0] == 0
    assert (shown()['status'], shown()['disabled_reason']) == ('enabled', None)
    assert run('service', 'forced-down', 'compute')[0] == 0
    assert shown()['forced_down'] is True and shown()['state'] == 'down'
    assert 'forced down' in run('service', 'list')[1]
    assert run('service', 'forced-down', '--unset', 'compute')[0] == 0
    assert shown()['forced_down'] is False


def test_service_that_there_is_not(run):
    assert 'nosuch' in fails(run, 'service', 'disable', 'nosuch')


# ---- a project


def test_the_end_of_a_project(run, client):
    blue, green = client.as_user('admin', 'blue'), client.as_user('admin', 'green')
    for project in (blue, green):
        made = project.post('/servers', {'server': {
            'name': 'web', 'flavorRef': '1', 'imageRef': IMAGE}})
        assert made.status == 202, made.text
        assert project.post('/os-volumes', {'volume': {'size': 1}}).status == 200
        assert project.post('/os-security-groups', {'security_group': {
            'name': 'web', 'description': 'x'}}).status == 200
    run('quota', 'set', 'blue', 'instances=3')
    volume.API().update_quotas(None, 'blue', {'volumes': 3})
    status, out, _err = run('project', 'purge', 'blue')
    assert status == 0 and 'Nothing was deleted' in out
    assert len(blue.get('/servers').json['servers']) == 1
    status, out, err = run('project', 'purge', 'blue', '--yes')
    assert (status, err) == (0, '') and '1 servers' in out and '1 volumes' in out
    for path, key in (('/servers', 'servers'), ('/os-volumes', 'volumes')):
        assert blue.get(path).json[key] == []
        assert len(green.get(path).json[key]) == 1
    groups = blue.get('/os-security-groups').json['security_groups']
    assert [g['name'] for g in groups] == ['default']
    assert client.get('/os-quota-sets/blue').json['quota_set']['instances'] == 10
    assert volume.API().get_quotas(context.get_admin_context(), 'blue')['volumes'] == {
        'limit': 10, 'in_use': 0, 'reserved': 0}


# ---- what was deleted long ago


def add_deleted(days: int, number: int = 1) -> list[str]:
    """Enter servers that were deleted so long ago, with an action and a fault each; their uuids."""
    then = utcnow() - datetime.timedelta(days=days)
    uuids = [add_server(deleted=1000 + i, deleted_at=then, vm_state='deleted')
             for i in range(number)]
    with engine.writer() as conn:
        for uuid in uuids:
            action = conn.execute(t.instance_actions.insert().values(
                instance_uuid=uuid, action='create', user_id='alice', project_id='blue',
                start_time=then)).inserted_primary_key[0]
            conn.execute(t.instance_actions_events.insert().values(
                action_id=action, event='compute_terminate_instance', start_time=then))
            conn.execute(t.instance_faults.insert().values(
                instance_uuid=uuid, code=500, message='x', created_at=then))
    return uuids


def rows(table) -> int:
    from sqlalchemy import func, select
    with engine.reader() as conn:
        return conn.execute(select(func.count()).select_from(table)).scalar_one()


def test_purge_removes_what_is_old_enough_and_no_more(run):
    alive = add_server()
    add_deleted(100, 7)
    [recent] = add_deleted(10)
    assert run('db', 'purge', '--dry-run')[1].startswith('7 to be removed')
    status, out, err = run('db', 'purge', '--batch', '3')
    assert (status, out, err) == (0, '7 removed\n', '')
    with engine.reader() as conn:
        assert set(conn.execute(t.instances.select().with_only_columns(
            t.instances.c.uuid)).scalars()) == {alive, recent}
    assert rows(t.instance_faults) == rows(t.instance_actions) == 1
    assert rows(t.instance_actions_events) == 1
    assert run('db', 'purge')[1] == '0 removed\n'


def test_purge_of_what_is_older_than_time(run):
    assert '--older-than 800000' in fails(run, 'db', 'purge', '--older-than', '800000')


def test_purge_stops_where_it_is_told_to(run):
    add_deleted(100, 5)
    assert run('db', 'purge', '--max-rows', '2', '--batch', '10')[1] == '2 removed\n'
    assert archive.count(utcnow()) == 3


def test_archive_keeps_what_it_removes(run, tmp_path):
    uuids = add_deleted(100, 3)
    file = tmp_path / 'rows.jsonl'
    args = ('db', 'archive_deleted_rows', '--file', str(file), '--batch', '2')
    assert run(*args)[1] == f'3 moved to {file}\n'
    kept = [json.loads(line) for line in file.read_text().splitlines()]
    assert [k['row']['uuid'] for k in kept if k['table'] == 'instances'] == uuids
    assert {k['table'] for k in kept} == {
        'instances', 'instance_actions', 'instance_actions_events', 'instance_faults'}
    assert file.stat().st_mode & 0o077 == 0
    assert rows(t.instances) == 0
    assert run(*args)[0] == 0 and len(file.read_text().splitlines()) == len(kept)


def test_archive_that_cannot_be_written_removes_nothing(run, tmp_path):
    add_deleted(100)
    assert 'nosuch' in fails(run, 'db', 'archive_deleted_rows', '--file',
                             str(tmp_path / 'nosuch' / 'rows'))
    assert 'No space left' in fails(run, 'db', 'archive_deleted_rows', '--file', '/dev/full')
    assert rows(t.instances) == rows(t.instance_faults) == 1


def test_purge_on_every_database(database):
    add_deleted(100, 3)
    assert list(archive.purge(utcnow(), 2, None, lambda table, found: None)) == [2, 1]
    assert rows(t.instances) == rows(t.instance_actions_events) == 0


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_a_bar_on_a_terminal():
    terminal = Terminal()
    with commands.Progress('Removing', 4, terminal) as progress:
        progress.advance(2)
    assert terminal.getvalue().splitlines()[-1] == f'Removing [{"#" * 20}{" " * 20}] 2/4'


def test_progress_is_a_line_now_and_then_elsewhere():
    pipe, time = io.StringIO(), iter([100, 100, 104.9, 105, 105, 106, 112, 112])
    with commands.Progress('Removing', 4, pipe, clock=lambda: next(time)) as progress:
        for _ in range(4):
            progress.advance()
    assert pipe.getvalue() == 'Removing: 2 of 4\nRemoving: 4 of 4\n'


def test_nothing_to_do_is_no_progress():
    for stream in (Terminal(), io.StringIO()):
        with commands.Progress('Removing', 0, stream, clock=iter(range(0, 1000, 100)).__next__) as it:
            it.advance(0)
        assert stream.getvalue() == ''


def test_openapi_goes_to_a_file(run, tmp_path):
    assert run('openapi', '--output', str(tmp_path / 'api.json'))[0] == 0
    assert json.loads((tmp_path / 'api.json').read_text())['openapi'].startswith('3.')
    assert 'nosuch' in fails(run, 'openapi', '--output', str(tmp_path / 'nosuch' / 'x'))
