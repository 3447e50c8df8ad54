"""The metadata service: what a server is told, and how it is known."""

import base64
import concurrent.futures
import hashlib
import hmac
import json

import pytest
import webob

from minova import compute, context, exception, wsgi
from minova.api.metadata import tree
from minova.conf import CONF
from minova.db import engine

SECRET = 'between the proxy and us'
IMAGE = '155d900f-4e14-4e4c-a73d-069cbf4541e6'
USER_DATA = b'#!/bin/sh\n\xff\n'


@pytest.fixture
def option():
    """Return a function that sets an option until the end of the test."""
    changed = []

    def change(name, value, group=None):
        CONF.set_override(name, value, group)
        changed.append((name, group))

    yield change
    for name, group in changed:
        CONF.clear_override(name, group)


@pytest.fixture
def server(client) -> dict:
    """A server with everything that it can be told."""
    pair = client.post('/os-keypairs', {'keypair': {'name': 'mine'}})
    assert pair.status == 200, pair.text
    made = client.post('/servers', {'server': {
        'name': 'Web 1', 'flavorRef': '1', 'imageRef': IMAGE, 'key_name': 'mine',
        'user_data': base64.b64encode(USER_DATA).decode(), 'metadata': {'role': 'web'}}})
    assert made.status == 202, made.text
    return client.get(f'/servers/{made.json["server"]["id"]}').json['server']


@pytest.fixture
def metadata(client):
    """Return a function that asks the metadata service, as from an address of its network."""
    app = wsgi.Loader().load_app('metadata')

    def ask(path, address=None, method='GET', body=b'', **headers) -> webob.Response:
        req = webob.Request.blank(path, method=method, body=body, environ={
            'REMOTE_ADDR': address or '10.1.2.3'})
        req.headers.update({name.replace('_', '-'): value for name, value in headers.items()})
        return req.get_response(app)

    return ask


def address_of(server) -> str:
    return server['addresses']['private'][0]['addr']


@pytest.fixture
def ask(metadata, server):
    """Return a function that asks as the server."""
    return lambda path, **kwargs: metadata(path, address_of(server), **kwargs)


# ---- EC2


def test_versions_are_told_to_anybody(metadata):
    for path in ('/', '', '//'):
        answer = metadata(path)
        assert (answer.status_int, answer.content_type) == (200, 'text/plain')
        assert answer.text.split('\n') == [*tree.EC2_VERSIONS, 'latest']
    assert metadata('/latest/meta-data/').status_int == 404


def test_ec2_directories(ask):
    assert ask('/latest').text == ask('/2009-04-04/').text == 'meta-data/\nuser-data'
    assert ask('/ec2').text == ask('/').text
    assert ask('/ec2/latest/').text == ask('/latest').text
    assert ask('/latest/meta-data').text.split('\n') == [
        'ami-id', 'ami-launch-index', 'ami-manifest-path', 'block-device-mapping/', 'hostname',
        'instance-action', 'instance-id', 'instance-type', 'local-hostname', 'local-ipv4',
        'placement/', 'public-hostname', 'public-ipv4', 'public-keys/', 'reservation-id',
        'security-groups']
    assert ask('/1.0/meta-data/').text.split('\n') == [
        'ami-id', 'ami-launch-index', 'ami-manifest-path', 'hostname', 'instance-id',
        'local-ipv4', 'public-keys/', 'reservation-id', 'security-groups']
    assert ask('/2007-12-15/meta-data/block-device-mapping/').text == 'ami\nroot'


def test_ec2_values(ask, server, client):
    where = '/latest/meta-data/'
    assert ask(where + 'hostname').text == 'web-1.novalocal'
    assert ask(where + 'local-ipv4').text == address_of(server)
    assert ask(where + 'public-ipv4').text == ''
    assert ask(where + 'instance-type').text == 'm1.tiny'
    assert ask(where + 'instance-id').text.startswith('i-0000')
    assert ask(where + 'ami-launch-index').text == '0'
    assert ask(where + 'security-groups').text == 'default'
    assert ask(where + 'placement/availability-zone').text == 'nova'
    assert ask(where + 'block-device-mapping/root').text == '/dev/sda'
    assert ask(where + 'public-keys/').text == '0=mine'
    assert ask(where + 'public-keys/0').text == 'openssh-key'
    key = client.get('/os-keypairs/mine').json['keypair']['public_key']
    assert ask(where + 'public-keys/0/openssh-key').text == key
    assert ask('/latest/user-data').body == USER_DATA


@pytest.mark.parametrize('path', [
    '/2099-01-01', '/2012-08-10/meta-data', '/latest/nosuch', '/latest/meta-data/hostname/x',
    '/latest/meta-data/security-groups/nosuch', '/openstack/2012-01-01',
    '/openstack/latest/nosuch', '/openstack/2012-08-10/password',
    '/openstack/2013-04-04/vendor_data.json', '/openstack/content/0000',
    '/openstack/latest/meta_data.json/uuid'])
def test_what_there_is_not_is_404(ask, path):
    assert ask(path).status_int == 404


# ---- OpenStack


def test_openstack_directories(ask):
    assert ask('/openstack').text.split('\n') == [*tree.OPENSTACK_VERSIONS, 'latest']
    assert ask('/openstack/').text == ask('/openstack').text
    assert ask('/openstack/2012-08-10').text == 'meta_data.json\nuser_data'
    assert ask('/openstack/2013-04-04').text.endswith('user_data\npassword')
    assert ask('/openstack/latest').text.split('\n') == [
        'meta_data.json', 'user_data', 'password', 'vendor_data.json', 'network_data.json']


def test_meta_data_json(ask, server, client):
    answer = ask('/openstack/latest/meta_data.json')
    assert answer.content_type == 'application/json'
    found = answer.json
    assert len(base64.b64decode(found.pop('random_seed'))) == 512
    pair = client.get('/os-keypairs/mine').json['keypair']
    assert found == {
        'uuid': server['id'], 'name': 'Web 1', 'hostname': 'web-1.novalocal', 'launch_index': 0,
        'availability_zone': 'nova', 'project_id': 'admin', 'meta': {'role': 'web'},
        'public_keys': {'mine': pair['public_key']},
        'keys': [{'name': 'mine', 'type': 'ssh', 'data': pair['public_key']}]}
    oldest = ask('/openstack/2012-08-10/meta_data.json').json
    assert not {'random_seed', 'project_id'} & set(oldest)


def test_a_key_pair_that_was_deleted(ask, client):
    client.delete('/os-keypairs/mine')
    found = ask('/openstack/latest/meta_data.json').json
    assert list(found['public_keys']) == ['mine'] and 'keys' not in found
    assert ask('/latest/meta-data/public-keys/').text == '0=mine'


def test_network_data_json(ask, server):
    found = ask('/openstack/latest/network_data.json').json
    [link], [network] = found['links'], found['networks']
    assert link['ethernet_mac_address'] == (
        server['addresses']['private'][0]['OS-EXT-IPS-MAC:mac_addr'])
    assert (link['id'], link['type']) == ('interface0', 'bridge')
    assert network['link'] == 'interface0' and network['type'] == 'ipv4_dhcp'


def test_vendor_data(ask, option, tmp_path, metadata, server):
    option('metadata_cache_expiration', 0)
    assert ask('/openstack/latest/vendor_data.json').json == {}
    path = tmp_path / 'vendor.json'
    option('vendordata_jsonfile_path', str(path))
    path.write_text('{"ntp": "10.0.0.1"}')
    assert ask('/openstack/latest/vendor_data.json').json == {'ntp': '10.0.0.1'}
    for broken in ('{', '[]'):
        path.write_text(broken)
        assert ask('/openstack/latest/vendor_data.json').json == {}


def test_user_data_is_404_without(metadata, client):
    made = client.post('/servers', {'server': {
        'name': 'bare', 'flavorRef': '1', 'imageRef': IMAGE}}).json['server']
    address = address_of(client.get(f'/servers/{made["id"]}').json['server'])
    assert metadata('/latest', address).text == 'meta-data/'
    assert metadata('/latest/user-data', address).status_int == 404
    assert metadata('/openstack/latest/user_data', address).status_int == 404
    assert metadata('/latest/meta-data/public-keys', address).status_int == 404


def test_floating_address(ask, server, client):
    client.post('/os-floating-ips-bulk', {'floating_ips_bulk_create': {'ip_range': '192.0.2.0/29'}})
    floating = client.post('/os-floating-ips', {'pool': 'nova'}).json['floating_ip']['ip']
    client.post(f'/servers/{server["id"]}/action', {'addFloatingIp': {'address': floating}})
    assert ask('/latest/meta-data/public-ipv4').text == floating


# ---- the password


def test_password_is_set_once(ask, server, client):
    path = '/openstack/latest/password'
    assert (ask(path).status_int, ask(path).text) == (200, '')
    assert ask(path, method='POST', body=b'x' * 1021).status_int == 400
    assert ask(path, method='PUT').status_int == 400
    secret = b'abcdefgh' * 100
    assert ask(path, method='POST', body=secret).status_int == 200
    # The server's metadata are still the cached ones; the database knows better.
    assert ask(path, method='POST', body=b'other').status_int == 409
    shown = client.get(f'/servers/{server["id"]}/os-server-password').json['password']
    assert shown.encode() == secret


def test_password_can_be_set_again_once_cleared(ask, server, client, option):
    option('metadata_cache_expiration', 0)
    path = '/openstack/latest/password'
    ask(path, method='POST', body=b'one')
    assert ask(path).text == 'one'
    client.delete(f'/servers/{server["id"]}/os-server-password')
    assert ask(path, method='POST', body=b'two').status_int == 200
    assert ask(path).text == 'two'


# ---- who asks


def test_what_was_told_is_told_again_for_a_while(ask, server, client):
    rename = {'server': {'name': 'other'}}
    assert ask('/openstack/latest/meta_data.json').json['name'] == 'Web 1'
    client.put(f'/servers/{server["id"]}', rename)
    with engine.count_statements() as counted:
        assert ask('/openstack/latest/meta_data.json').json['name'] == 'Web 1'
    assert counted.count == 0


def test_nothing_is_cached_with_an_expiration_of_0(ask, server, client, option):
    option('metadata_cache_expiration', 0)
    ask('/latest/meta-data/')
    client.put(f'/servers/{server["id"]}', {'server': {'name': 'other'}})
    with engine.count_statements() as counted:
        assert ask('/openstack/latest/meta_data.json').json['name'] == 'other'
    assert counted.count <= 6


def test_forwarded_for_counts_only_when_configured(metadata, server, option):
    path, headers = '/latest/meta-data/hostname', {'X_Forwarded_For': address_of(server)}
    assert metadata(path, **headers).status_int == 404
    option('use_forwarded_for', True)
    assert metadata(path, **headers).text == 'web-1.novalocal'
    assert metadata(path, address_of(server)).status_int == 200
    # Somebody claims the address; the proxy adds whom it saw.
    lie = {'X_Forwarded_For': f'{address_of(server)}, 10.9.9.9'}
    assert metadata(path, **lie).status_int == 404


@pytest.fixture
def signed(option, metadata, server):
    """Return a function that asks through the proxy, as the server unless told otherwise."""
    option('service_metadata_proxy', True, 'neutron')
    option('metadata_proxy_shared_secret', SECRET, 'neutron')

    def ask(path='/latest/meta-data/hostname', **changes):
        headers = {'X_Instance_ID': server['id'], 'X_Tenant_ID': 'admin', **changes}
        headers.setdefault('X_Instance_ID_Signature', hmac.new(
            SECRET.encode(), headers['X_Instance_ID'].encode(), hashlib.sha256).hexdigest())
        return metadata(path, **{k: v for k, v in headers.items() if v is not None})

    return ask


def test_signed_request(signed, server, client):
    assert signed().text == 'web-1.novalocal'
    body = signed('/openstack/latest/meta_data.json').json
    assert json.loads(json.dumps(body))['uuid'] == server['id']


@pytest.mark.parametrize(('changes', 'status', 'message'), [
    ({'X_Instance_ID_Signature': '0' * 64}, 403, 'Invalid proxy request signature.'),
    ({'X_Instance_ID_Signature': 'ü'}, 403, 'Invalid proxy request signature.'),
    ({'X_Instance_ID_Signature': None}, 400,
     'X-Instance-ID-Signature header is missing from request.'),
    ({'X_Tenant_ID': None}, 400, 'X-Tenant-ID header is missing from request.'),
    ({'X_Tenant_ID': 'other'}, 404, 'The resource could not be found.'),
    ({'X_Instance_ID': 'nosuch'}, 404, 'The resource could not be found.'),
])
def test_badly_signed_request(signed, changes, status, message):
    # As setdefault() leaves None alone, a missing header stays missing.
    answer = signed(**changes)
    assert answer.status_int == status
    assert message in answer.text


def test_signed_request_without_an_instance(metadata, signed, server):
    answer = metadata('/latest', address_of(server), X_Tenant_ID='admin')
    assert answer.status_int == 400
    assert 'X-Instance-ID header is missing from request.' in answer.text


def test_headers_of_a_proxy_mean_nothing_without_one(metadata, server):
    answer = metadata('/latest', X_Instance_ID=server['id'], X_Tenant_ID='admin')
    assert answer.status_int == 404


def test_a_proxy_without_a_secret_is_refused(option):
    option('service_metadata_proxy', True, 'neutron')
    with pytest.raises(exception.MetadataSecretMissing):
        wsgi.Loader().load_app('metadata')


def test_two_servers_with_one_address_are_told_nothing(metadata, client, server):
    from minova.db import tables as t
    with engine.writer() as conn:
        conn.execute(t.fixed_ips.insert().values(
            address=address_of(server), network_id=99, allocated=True,
            instance_uuid='0e44cc9c-e052-415d-afbf-469b0d384170'))
    assert metadata('/latest', address_of(server)).status_int == 404




def test_metadata_on_every_database(any_client):
    made = any_client.post('/servers', {'server': {
        'name': 'web', 'flavorRef': '1', 'imageRef': IMAGE}}).json['server']
    address = address_of(any_client.get(f'/servers/{made["id"]}').json['server'])
    app = wsgi.Loader().load_app('metadata')

    def ask(path: str, **kwargs) -> webob.Response:
        return webob.Request.blank(f'/openstack/latest/{path}', environ={
            'REMOTE_ADDR': address}, **kwargs).get_response(app)

    assert ask('meta_data.json').json['uuid'] == made['id']
    assert ask('network_data.json').json['links'][0]['id'] == 'interface0'
    assert ask('password', method='POST', body=b'x' * 1020).status_int == 200
    assert ask('password', method='POST', body=b'y').status_int == 409


def test_only_one_of_many_sets_the_password(server):
    def attempt(number: int) -> bool:
        try:
            compute.MetadataAPI().set_password(
                context.get_admin_context(), server['id'], f'password-{number}')
        except exception.PasswordAlreadySet:
            return False
        return True

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1
