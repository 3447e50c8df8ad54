"""Migrations, usage of projects, and notices of other services."""

import datetime
import uuid

import pytest

from minova.db import engine
from minova.db import tables as t
from minova.db.types import utcnow
from tests.functional.servers import add_server

HOUR = datetime.timedelta(hours=1)


# ---- migrations

@pytest.fixture
def migrations(client):
    with engine.writer() as conn:
        for status, source, dest, kind in (
                ('confirmed', 'a', 'b', 'resize'), ('finished', 'b', 'c', 'migration'),
                ('error', 'c', 'a', 'migration')):
            conn.execute(t.migrations.insert().values(
                instance_uuid=str(uuid.uuid4()), status=status, source_compute=source,
                dest_compute=dest, migration_type=kind, hidden=status == 'error',
                old_instance_type_id=1, new_instance_type_id=2))


@pytest.mark.parametrize(('query', 'ids'), [
    ('', [1, 2, 3]), ('status=finished', [2]), ('host=a', [1, 3]), ('source_compute=b', [2]),
    ('host=a&source_compute=b', [1, 3]), ('hidden=1', [3]), ('hidden=false', [1, 2]),
    ('migration_type=migration', [2, 3]), ('foo=1', [1, 2, 3])])
def test_migrations(client, migrations, query, ids):
    with engine.count_statements() as seen:
        answer = client.get(f'/os-migrations?{query}')
    assert [m['id'] for m in answer.json['migrations']] == ids
    assert seen.count == 1


def test_a_migration(client, migrations):
    migration = client.get('/os-migrations').json['migrations'][0]
    assert sorted(migration) == [
        'created_at', 'dest_compute', 'dest_host', 'dest_node', 'id', 'instance_uuid',
        'new_instance_type_id', 'old_instance_type_id', 'source_compute', 'source_node', 'status',
        'updated_at']
    assert client.get('/os-migrations', user='alice').message == (
        "Policy doesn't allow os_compute_api:os-migrations:index to be performed.")


# ---- usage

def usage(client, path='', start=2 * HOUR, end=datetime.timedelta(), **kwargs):
    now = utcnow()
    times = [(now - ago).isoformat() for ago in (start, end)]
    return client.get(f'/os-simple-tenant-usage{path}?start={times[0]}&end={times[1]}', **kwargs)


def test_usage_adds_up(client):
    add_server(vcpus=2, memory_mb=1024, root_gb=3, ephemeral_gb=1)
    add_server(launched_at=utcnow() - 5 * HOUR, terminated_at=utcnow() - HOUR, deleted=2,
               vm_state='deleted')
    add_server(project_id='red')
    add_server(launched_at=None, vm_state='error')
    add_server(launched_at=utcnow() - 9 * HOUR, terminated_at=utcnow() - 8 * HOUR, deleted=5)
    with engine.count_statements() as seen:
        usages = {u['tenant_id']: u for u in usage(client).json['tenant_usages']}
    assert seen.count == 1
    assert sorted(usages) == ['blue', 'red']
    blue = usages['blue']
    assert 'server_usages' not in blue
    assert blue['total_hours'] == pytest.approx(2, abs=0.01)
    assert blue['total_vcpus_usage'] == pytest.approx(3, abs=0.01)
    assert blue['total_memory_mb_usage'] == pytest.approx(1536, abs=5)
    assert blue['total_local_gb_usage'] == pytest.approx(5, abs=0.02)


def test_usage_of_a_project(client):
    ended = add_server(launched_at=utcnow() - 3 * HOUR, terminated_at=utcnow() - HOUR, deleted=1)
    shown = usage(client, '/blue', user='alice', project='blue').json['tenant_usage']
    server, = shown['server_usages']
    assert (server['instance_id'], server['flavor'], server['state']) == (
        ended, 'm1.tiny', 'terminated')
    assert server['uptime'] == 7200 and server['hours'] == pytest.approx(1, abs=0.01)
    assert server['ended_at'].count('.') == 1
    assert usage(client, '/red').json == {'tenant_usage': {}}


def test_detailed(client):
    add_server()
    answer = client.get('/os-simple-tenant-usage?detailed=1&start=2020-01-01T00:00:00')
    assert len(answer.json['tenant_usages'][0]['server_usages']) == 1


@pytest.mark.parametrize('time', ['2015-01-01', '2015-01-01 00:00:00', '2015-01-01T00:00:00Z', 'x'])
def test_times_that_are_refused(client, time):
    answer = client.get(f'/os-simple-tenant-usage?start={time}')
    assert (answer.status, answer.message) == (
        400, 'Invalid datetime string: Datetime is in invalid format')


def test_times(client):
    assert client.get('/os-simple-tenant-usage?start=2015-01-01%2000:00:00.5').status == 200
    assert client.get('/os-simple-tenant-usage').status == 200
    # Of several the first counts that says anything.
    assert client.get('/os-simple-tenant-usage?start=&start=2015-01-01T00:00:00&start=x').status == 200
    assert client.get('/os-simple-tenant-usage?start=x&start=2015-01-01T00:00:00').status == 400
    answer = usage(client, start=HOUR, end=2 * HOUR)
    assert (answer.status, answer.message) == (
        400, 'Invalid start time. The start time cannot occur after the end time.')


def test_who_sees_usage(client):
    member = client.as_user('alice', 'blue')
    assert usage(member, '/blue').status == 200
    assert usage(member, '/red').status == 403
    assert usage(member).message == (
        "Policy doesn't allow os_compute_api:os-simple-tenant-usage:list to be performed.")


# ---- notices

def events(client, *uuids, **kwargs):
    return client.post('/os-server-external-events', {
        'events': [{'name': 'network-changed', 'server_uuid': uuid} for uuid in uuids]}, **kwargs)


def test_events(client):
    here, nowhere, gone = add_server(), add_server(host=None), add_server(deleted=3)
    assert events(client, here).status == 200
    with engine.count_statements() as seen:
        mixed = events(client, here, nowhere, gone)
    assert seen.count == 1
    assert mixed.status == 207
    assert [(e['status'], e['code']) for e in mixed.json['events']] == [
        ('completed', 200), ('failed', 422), ('failed', 404)]
    none = events(client, nowhere, gone)
    assert (none.status, none.message) == (404, 'No instances found for any event')
    assert events(client, here, user='alice').status == 403


SNAPSHOT = {'snapshot': {'volume_id': 'v', 'create_info': {
    'snapshot_id': 's', 'type': 'qcow2', 'new_file': 'f', 'id': 'i'}}}


def test_assisted_snapshots(client):
    with engine.writer() as conn:
        conn.execute(t.block_device_mappings.insert().values(
            instance_uuid=add_server(), volume_id='v'))
    made = client.post('/os-assisted-volume-snapshots', SNAPSHOT)
    assert made.json == {'snapshot': {'id': 'i', 'volumeId': 'v'}}
    path = '/os-assisted-volume-snapshots/s?delete_info='
    assert client.delete(path + '{"volume_id":"v"}').status == 204
    assert client.delete(path + '{"volume_id":"w"}').message == (
        'No volume Block Device Mapping with id w.')


@pytest.mark.parametrize(('query', 'message'), [
    ('', "'delete_info'"), ('?delete_info=x', 'No JSON object could be decoded'),
    ('?delete_info=[]', 'No JSON object could be decoded'),
    ('?delete_info={}', "'volume_id'"), ('?delete_info={"volume_id":1}', "'volume_id'")])
def test_delete_info(client, query, message):
    answer = client.delete(f'/os-assisted-volume-snapshots/s{query}')
    assert (answer.status, answer.message) == (400, message)
