"""minova-manage trace, and what `routes list` says about the rules that are asked on the way."""

import json
import re

import pytest

from minova import compute, policy
from minova.api.openstack import inspection
from minova.api.openstack.compute import APIRouterV21
from minova.api.openstack.wsgi import Resource
from minova.tracing import rendering, session
from minova.tracing.recorder import Recorder
from tests.functional.processes import ROOT
from tests.functional.test_manage import manage  # noqa: F401


@pytest.fixture
def server(client):
    return client.boot()['id']


def trace(method, path, body=None, **kwargs):
    return session.trace(method, path, body and json.dumps(body).encode(), **kwargs)


def texts(root, kind):
    return [step.text for step in root.find(kind)]


def test_the_way_of_a_list(client, server):
    found = trace('GET', '/servers/detail?limit=5', version='2.9')
    root = found.root
    assert (root.text, root.outcome) == ('GET /v2.1/admin/servers/detail?limit=5', '200 OK')
    assert found.response.json == client.get('/servers/detail?limit=5', version='2.9').json
    assert texts(root, 'filter') == ['compute_req_id', 'faultwrap', 'sizelimit', 'noauth2']
    assert texts(root, 'application') == ['osapi_compute_app_v21']
    [route] = root.find('route')
    assert (route.text, route.outcome) == ('GET /{project_id}/servers/detail', 'action detail')
    [controller] = root.find('controller')
    assert controller.text == 'servers.ServersController.detail'
    assert texts(controller, 'policy') == ['os_compute_api:servers:detail']
    assert texts(controller, 'compute') == ['api.get_all']
    assert all(text.startswith('SELECT') for text in texts(controller, 'sql'))
    assert 'extended_status.ExtendedStatusController.detail' in texts(root, 'extension')
    for _depth, step in root.walk():
        assert sum(child.seconds for child in step.steps) <= step.seconds


def test_the_way_of_a_new_server(client, server):
    image = client.get('/images').json['images'][0]['id']
    found = trace('POST', '/servers', {'server': {
        'name': 'x', 'flavorRef': '1', 'imageRef': image}}, user='u', project='p')
    root = found.root
    assert root.outcome == '202 Accepted'
    [schema] = root.find('schema')
    assert re.match(r'body {.*\bserver\b', schema.text) and schema.outcome == 'fits'
    assert 'api.create' in texts(root, 'compute')
    assert texts(root, 'image') and texts(root, 'network') and 'driver.spawn' in texts(root, 'virt')
    assert any(text.startswith('INSERT INTO instances') for text in texts(root, 'sql'))
    shown = client.get(f"/servers/{found.response.json['server']['id']}", user='u', project='p')
    assert shown.json['server']['status'] == 'ACTIVE'


def test_the_document_shows_what_is_printed(client):
    root = trace('GET', '/os-keypairs', user='alice', project='blue', version='2.10').root
    printed = re.sub(r'^ *[\d.]+ ms', '', rendering.as_text(root, 100), flags=re.MULTILINE)
    document = ROOT.joinpath('docs', 'tracing.md').read_text('utf-8')
    [block] = re.findall(r'^```\n(.*?)\n```$', document, re.DOTALL | re.MULTILINE)
    assert re.sub(r'^ *[\d.]+ ms', '', block, flags=re.MULTILINE) == printed


@pytest.mark.parametrize('version, chosen', [
    (None, '(2.1 to 2.1)'), ('2.5', '(2.2 to 2.9)'), ('latest', '(2.10 to the newest)')])
def test_the_version_that_was_chosen(client, version, chosen):
    [controller] = trace('GET', '/os-keypairs', version=version).root.find('controller')
    assert controller.text == f'keypairs.KeypairController.index {chosen}'


def test_refusals_are_seen_where_they_happen(client, server):
    root = trace('POST', f'/servers/{server}/action', {'lock': None}, user='eve',
                 project='red').root
    [controller] = root.find('controller')
    assert (root.outcome, controller.outcome.split(':')[0]) == ('404 Not Found', 'HTTPNotFound')
    root = trace('POST', '/os-keypairs', {'keypair': {}}).root
    [schema] = root.find('schema')
    assert root.outcome == '400 Bad Request' and "'name' is a required" in schema.outcome
    root = trace('GET', '/os-agents', user='eve').root
    [rule] = root.find('policy')
    assert root.outcome == '403 Forbidden' and rule.outcome.startswith('PolicyNotAuthorized')
    root = trace('GET', '/nosuch').root
    assert root.outcome == '404 Not Found' and texts(root, 'route') == ['no route']


def test_nothing_stays_behind(client, server, monkeypatch):
    before = (Resource._find_method, policy.authorize, dict(vars(compute.API())))
    assert trace('GET', f'/servers/{server}').root.find('sql')
    assert (Resource._find_method, policy.authorize, dict(vars(compute.API()))) == before
    called = []
    monkeypatch.setattr(Recorder, 'step', lambda *args: called.append(args))
    assert client.get(f'/servers/{server}').status == 200
    assert not called


def test_the_page_escapes_what_it_shows(client):
    found = trace('GET', '/servers?name=<script>alert(1)</script>')
    page = rendering.as_page(found.root, found.answer)
    assert '<script' not in page and '&lt;' in page or '%3Cscript' in page
    assert page.count('<details') == page.count('</details>')
    assert 'os_compute_api:servers:index' in page
    assert f'200 OK, {found.root.seconds * 1000:.2f} ms, {len(found.root.find("sql"))} SQL' in page


def test_the_page_marks_what_went_wrong(client):
    refused = trace('DELETE', '/os-services/1', user='member', project='member')
    page = rendering.as_page(refused.root, refused.answer)
    assert 'class="outcome bad">PolicyNotAuthorized: ' in page and 'bad">403 Forbidden<' in page
    fine = trace('GET', '/servers')
    assert 'outcome bad"' not in rendering.as_page(fine.root, fine.answer)


# Requests by an administrator of the project; each as (method, path of the routes, action, path, body).
_REQUESTS = [
    ('GET', '/servers/detail', 'detail', '/servers/detail', None),
    ('GET', '/servers', 'index', '/servers?all_tenants=1', None),
    ('GET', '/servers/{id}', 'show', '/servers/{server}', None),
    ('POST', '/servers/{id}/action', 'lock', '/servers/{server}/action', {'lock': None}),
    ('POST', '/servers/{id}/action', 'unlock', '/servers/{server}/action', {'unlock': None}),
    ('POST', '/servers/{id}/action', 'os-stop', '/servers/{server}/action', {'os-stop': None}),
    ('GET', '/os-keypairs', 'index', '/os-keypairs', None),
    ('GET', '/os-hypervisors/detail', 'detail', '/os-hypervisors/detail', None),
    ('GET', '/os-aggregates', 'index', '/os-aggregates', None),
    ('GET', '/os-services', 'index', '/os-services', None),
    ('GET', '/os-quota-sets/{id}', 'show', '/os-quota-sets/admin', None),
    ('GET', '/limits', 'index', '/limits', None),
    ('GET', '/servers/{server_id}/os-interface', 'index', '/servers/{server}/os-interface', None),
    ('GET', '/servers/{server_id}/os-server-password', 'index',
     '/servers/{server}/os-server-password', None),
    ('GET', '/os-simple-tenant-usage', 'index', '/os-simple-tenant-usage', None),
    ('GET', '/flavors/{id}', 'show', '/flavors/1', None),
]


@pytest.fixture(scope='module')
def routes(configured):
    return inspection.describe_routes(APIRouterV21())


@pytest.mark.parametrize('method, path, action, url, body', _REQUESTS)
def test_the_rules_that_are_listed_are_those_that_are_asked(
        client, server, routes, method, path, action, url, body):
    rows = [r for r in routes if (r['method'], r['path'], r['action']) == (method, path, action)
            and r['versions'].startswith('2.1-')]
    [row] = rows
    root = trace(method, url.format(server=server), body).root
    assert root.outcome[0] in '25', root.outcome
    [controller] = root.find('controller')
    asked = texts(controller, 'policy')
    assert set(asked) <= set(row['policy'])
    assert asked[:1] == row['policy'][:1]
    added = {rule for other in row['extended_by'] for rule in other['policy']}
    assert {rule for step in root.find('extension') for rule in texts(step, 'policy')} <= added
    assert controller.text.split()[0].endswith(f"{row['controller']}.{row['function']}")


def test_every_route_has_its_origin(routes):
    assert {row['package'] for row in routes} == {'minova'}
    without = {row['extension'] for row in routes if not row['policy']}
    # Nova asks for no rule there.
    assert without == {'flavors', 'image-metadata', 'images', 'os-baremetal-nodes', 'versions'}
    [create] = [r for r in routes if (r['path'], r['method']) == ('/flavors', 'POST')]
    assert create['extension'] == 'os-flavor-manage'
    assert create['schema'] == ['minova.api.openstack.compute.schemas.flavor_manage.create']
    assert {'os-flavor-rxtx', 'os-flavor-access'} <= {
        e['extension'] for e in create['extended_by']}


def test_the_command(manage, tmp_path):     # noqa: F811
    body = tmp_path / 'body.json'
    body.write_text('{"keypair": {"name": "k"}}')
    page = tmp_path / 'page.html'
    result = manage('trace', 'post', '/os-keypairs', '--body', str(body), '--user', 'u',
                    '--project', 'p', '--version', '2.2', '--html', str(page))
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0].endswith('POST /v2.1/p/os-keypairs  -> 201 Created')
    assert any('controller: keypairs.KeypairController.create (2.2 to 2.9)' in s for s in lines)
    assert any('sql: INSERT INTO key_pairs' in s for s in lines)
    assert json.loads(lines[-1])['keypair']['user_id'] == 'u'
    assert page.read_text().startswith('<!DOCTYPE html>')
    missing = manage('trace', 'POST', '/os-keypairs', '--body', str(tmp_path / 'nosuch'))
    assert missing.returncode == 1 and missing.stderr.count('\n') == 1
    body.write_text(json.dumps({'server': {
        'name': 'web', 'flavorRef': '1', 'imageRef': '5f0c7d1e-0a3b-4c52-9a51-c1220571e500'}}))
    boot = manage('trace', 'POST', '/servers', '--body', str(body)).stdout
    assert 'virt: driver.spawn' in boot and '202 Accepted' in boot
    root = manage('trace', 'GET', '/')
    assert 'application: oscomputeversionapp' in root.stdout
