"""Services: lists, switches, and that they are up while minova runs."""

import datetime

import pytest

from minova.compute import servicegroup
from minova.conf import CONF
from minova.db import engine
from minova.db import services as db
from minova.db import tables as t
from minova.db.types import utcnow

COMPUTE = {'host': 'compute', 'binary': 'nova-compute'}


def show(client, version='2.11', **filters):
    query = '&'.join(f'{name}={value}' for name, value in filters.items())
    return client.get(f'/os-services?{query}', version=version).json['services']


def put(client, action, version=None, **body):
    return client.put(f'/os-services/{action}', COMPUTE | body, version=version)


def test_the_deployment(client):
    services = show(client)
    assert [s['id'] for s in services] == list(range(1, 8))
    assert [s['binary'] for s in services[:2]] == ['nova-conductor', 'nova-compute']
    assert services[6]['host'] == 'cells'
    assert {s['state'] for s in services} == {'up'}
    assert 'forced_down' not in show(client, version='2.10')[0]


def test_filters(client):
    assert [s['id'] for s in show(client, host='compute')] == [2]
    assert show(client, host='compute', binary='nova-cert') == []
    assert len(show(client, host='', foo='1')) == 7


def test_disable_and_enable(client):
    assert put(client, 'disable-log-reason', disabled_reason='disk').json['service'] == (
        COMPUTE | {'status': 'disabled', 'disabled_reason': 'disk'})
    shown = show(client, binary='nova-compute')[0]
    assert (shown['status'], shown['disabled_reason'], shown['state']) == ('disabled', 'disk', 'up')
    assert put(client, 'disable').status == 200
    assert show(client, binary='nova-compute')[0]['disabled_reason'] is None
    assert put(client, 'enable').json['service'] == COMPUTE | {'status': 'enabled'}
    assert show(client, binary='nova-compute')[0]['status'] == 'enabled'


@pytest.mark.parametrize(('action', 'body', 'version', 'status', 'message'), [
    ('disable-log-reason', {}, None, 400, 'Missing disabled reason field'),
    ('explode', {}, None, 404, 'Unknown action'),
    ('force-down', {}, '2.10', 404, 'Unknown action'),
    ('force-down', {'forced_down': True}, '2.10', 400,
     "Additional properties are not allowed ('forced_down' was unexpected)"),
    ('enable', {'host': 'nosuch'}, None, 404, 'Could not find binary nova-compute on host nosuch.'),
])
def test_refused(client, action, body, version, status, message):
    answer = put(client, action, version, **body)
    assert (answer.status, answer.message) == (status, message)


def test_forced_down_is_down_at_once(client):
    assert put(client, 'force-down', '2.11', forced_down=True).status == 200
    assert show(client, binary='nova-compute')[0]['state'] == 'down'
    assert put(client, 'force-down', '2.11', forced_down=False).status == 200
    assert show(client, binary='nova-compute')[0]['state'] == 'up'


def test_a_deleted_compute_service_takes_its_hypervisor_along(client):
    assert client.delete('/os-services/2').status == 204
    assert show(client, binary='nova-compute') == []
    assert client.get('/os-hypervisors').json['hypervisors'] == []
    again = client.delete('/os-services/2')
    assert (again.status, again.message) == (404, 'Service 2 not found.')
    assert client.delete('/os-services/x').message == (
        'Invalid input received: id must be an integer')
    assert client.delete('/os-services/99999999999').status == 404


def test_a_silent_service_is_down_and_a_report_brings_it_back(client):
    long_ago = utcnow() - datetime.timedelta(seconds=CONF.service_down_time + 1)
    with engine.writer() as conn:
        conn.execute(t.services.update().values(last_seen_up=long_ago))
    assert {s['state'] for s in show(client)} == {'down'}
    db.report([1, 2], utcnow())
    assert [s['state'] for s in show(client)][:3] == ['up', 'up', 'down']


def test_a_host_that_is_switched_off_reports_no_longer(client):
    assert client.get('/os-hosts/compute/shutdown').status == 200
    before = db.get('compute', 'nova-compute')['report_count']
    db.report([1, 2], utcnow())
    assert db.get('compute', 'nova-compute')['report_count'] == before
    assert client.get('/os-hosts/compute/startup').status == 200
    db.report([1, 2], utcnow())
    assert db.get('compute', 'nova-compute')['report_count'] == before + 1


def test_the_reporter_reports(client):
    CONF.set_override('report_interval', 1)
    reporter = servicegroup.Reporter()
    try:
        reporter.add([3])
        before = db.get('cert', 'nova-cert')['report_count']
        reporter.start()
        assert _eventually(lambda: db.get('cert', 'nova-cert')['report_count'] > before)
    finally:
        reporter.stop()
        CONF.clear_override('report_interval')


def _eventually(condition, seconds=10.0):
    import time
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_only_for_administrators(client):
    member = client.as_user('alice', 'blue')
    for answer in (member.get('/os-services'), put(member, 'enable'),
                   member.delete('/os-services/1')):
        assert (answer.status, answer.message) == (
            403, "Policy doesn't allow os_compute_api:os-services to be performed.")


def test_statements(client):
    from minova.compute import host
    host.load_fixtures([{'binary': 'nova-compute', 'host': f'h{n}'} for n in range(30)])
    with engine.count_statements() as seen:
        assert len(show(client)) == 37
    assert seen.count == 2
