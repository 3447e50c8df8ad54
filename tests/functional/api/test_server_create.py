"""Requests to create servers: odd values, and what Nova makes of them."""

import pytest

from minova import context, image

IMAGE = '70a599e0-31e7-49b7-b260-868f441e862b'
NETWORK = '11111111-2222-4333-8444-555555555555'


def create(client, beside=None, **values):
    server = {'name': 's', 'imageRef': IMAGE, 'flavorRef': '1', **values}
    return client.post('/servers', {'server': server, **(beside or {})})


def test_an_empty_password_is_a_password(minova_client):
    answer = create(minova_client, adminPass='')
    assert (answer.status, answer.json['server']['adminPass']) == (202, '')
    url = f'/servers/{answer.json["server"]["id"]}/action'
    answer = minova_client.post(url, {'rebuild': {'imageRef': IMAGE, 'adminPass': ''}})
    assert (answer.status, answer.json['server']['adminPass']) == (202, '')
    answer = minova_client.post(url, {'rescue': {'adminPass': ''}})
    assert (answer.status, answer.json) == (200, {'adminPass': ''})


@pytest.mark.parametrize('flavor_ref, status', [
    ('http://h/flavors/1', 202), ('http://h/flavors/1?a=/b', 202), ('1#x', 202), (1, 202),
    ('http://h/flavors/1/', 400), ('/', 400), ('?1', 400)])
def test_a_flavor_is_what_follows_the_last_slash(minova_client, flavor_ref, status):
    answer = create(minova_client, flavorRef=flavor_ref)
    assert answer.status == status, answer.text
    if status == 400:
        assert answer.message == 'Invalid flavorRef provided.'


def test_a_network_may_be_called_like_its_bridge(minova_client):
    answer = create(minova_client, networks=[{'uuid': f'br-{NETWORK}'}])
    assert 'not in proper format' not in answer.text
    answer = create(minova_client, networks=[{'uuid': 'br-x'}])
    assert answer.message == 'Bad networks format: network uuid is not in proper format (br-x)'


@pytest.mark.parametrize('hints, message', [
    ({'query': '[">=", "$free_ram_mb", 1]'}, None),
    ({'query': {'a': 1}}, None),
    ({'query': 1}, "Invalid input for field/attribute query. Value: 1. 1 is not of type 'string', 'object'"),
    ({'cidr': 'x'}, "Invalid input for field/attribute cidr. Value: x. "
                    "'x' does not match '^\\\\/[0-9a-f.:]+$'"),
    ({'anything': ['else']}, None),
    ({'different_cell': 1}, None),
    ({'group': ''}, None),
    ({'group': 'web'}, 'Invalid input received: Server group scheduler hint must be a UUID.'),
    ({'group': 'x' * 256}, f"Invalid input for field/attribute group. Value: {'x' * 256}. "
                           f"'{'x' * 256}' is too long"),
    ({'different_host': [NETWORK]}, None),
    ({'different_host': 'x'}, "Invalid input for field/attribute different_host. Value: x. "
                              "'x' is not a 'uuid'"),
    ({'different_host': 5}, "Invalid input for field/attribute different_host. Value: 5. "
                            "5 is not of type 'string', 'array'"),
])
def test_hints(minova_client, hints, message):
    answer = create(minova_client, {'os:scheduler_hints': hints})
    assert answer.status == (400 if message else 202), answer.text
    if message:
        assert answer.message == message


def test_a_device_may_say_that_it_has_no_size(minova_client):
    answer = create(minova_client, block_device_mapping_v2=[
        {'source_type': 'image', 'uuid': IMAGE, 'destination_type': 'local', 'boot_index': 0,
         'volume_size': 0}])
    assert answer.status == 202, answer.text
    answer = create(minova_client, block_device_mapping_v2=[
        {'source_type': 'blank', 'destination_type': 'local', 'virtual_name': 'ephemeral0'}])
    assert answer.message == 'Block Device Mapping is Invalid: Some fields are invalid.'


def test_a_device_says_by_a_number_whether_it_is_booted_from(minova_client):
    answer = create(minova_client, block_device_mapping_v2=[
        {'source_type': 'image', 'uuid': IMAGE, 'destination_type': 'local', 'boot_index': None}])
    assert (answer.status, answer.message) == (
        400, "Invalid input for field/attribute boot_index. Value: None. "
             "None is not of type 'integer', 'string'")


def test_a_server_that_no_host_takes_was_created_but_nothing_more(minova_client):
    server_id = create(minova_client, availability_zone='nova:nosuch').json['server']['id']
    server = minova_client.get(f'/servers/{server_id}').json['server']
    assert (server['status'], server['fault']['message']) == (
        'ERROR', 'No valid host was found. There are not enough hosts available.')
    action, = minova_client.get(f'/servers/{server_id}/os-instance-actions').json['instanceActions']
    assert (action['action'], action['message']) == ('create', None)
    path = f'/servers/{server_id}/os-instance-actions/{action["request_id"]}'
    assert minova_client.get(path).json['instanceAction']['events'] == []


@pytest.mark.parametrize('name, status', [
    ('é', 202), ('\u2603', 202), ('\U0001f600', 400), ('a\U0001f600', 400), ('\uffff', 400)])
def test_names_are_of_the_basic_plane(minova_client, name, status):
    assert create(minova_client, name=name).status == status


def test_rescue_looks_for_the_server_before_the_image(minova_client):
    answer = minova_client.post(f'/servers/{NETWORK}/action', {'rescue': {'rescue_image_ref': 'x'}})
    assert (answer.status, answer.message) == (404, f'Instance {NETWORK} could not be found.')


@pytest.mark.parametrize('device, root', [('/dev/vda', 'vda'), ('vda', 'vda'), ('sda', 'sda')])
def test_a_volume_beside_an_image_is_not_the_root_disk(minova_client, device, root):
    answer = create(minova_client, block_device_mapping_v2=[
        {'source_type': 'image', 'uuid': IMAGE, 'destination_type': 'local', 'boot_index': 0},
        {'source_type': 'volume', 'uuid': NETWORK, 'destination_type': 'volume', 'device_name': device}])
    assert answer.message == f'The volume cannot be assigned the same device name as the root device {root}'


@pytest.mark.parametrize('file, missing', [
    ({'path': '/a'}, 'contents'), ({'contents': ''}, 'path'), ({}, 'path')])
def test_a_file_has_a_path_and_contents(minova_client, file, missing):
    answer = create(minova_client, personality=[file])
    assert (answer.status, answer.message) == (400, f"Bad personality format: missing '{missing}'")


GI = 1024 ** 3


@pytest.fixture
def make_image():
    def make(**values) -> str:
        return image.API().create(context.get_admin_context(), {
            'name': 'i', 'status': 'active', 'visibility': 'public', 'disk_format': 'raw',
            'container_format': 'bare', **values})['id']
    return make


@pytest.mark.parametrize('values, message', [
    ({'size': GI + 1}, "Flavor's disk is too small for requested image. "
                       f'Flavor disk is {GI} bytes, image is {GI + 1} bytes.'),
    ({'size': GI, 'min_disk': 2}, "Flavor's disk is smaller than the minimum size specified in image "
                                  f'metadata. Flavor disk is {GI} bytes, minimum size is {2 * GI} bytes.'),
    ({'size': GI, 'min_disk': 1}, None)])
def test_an_image_must_have_room_on_the_disk_of_the_flavor(minova_client, make_image, values, message):
    large = make_image(**values)
    server_id = create(minova_client).json['server']['id']
    for answer in (create(minova_client, imageRef=large), minova_client.post(
            f'/servers/{server_id}/action', {'rebuild': {'imageRef': large}})):
        assert answer.status == (400 if message else 202), answer.text
        if message:
            assert answer.message == message


def test_an_image_must_have_room_on_the_volume_that_it_is_copied_to(minova_client, make_image):
    large = make_image(size=GI + 1, min_disk=2)
    device = {'boot_index': 0, 'source_type': 'image', 'uuid': large, 'destination_type': 'volume'}
    answer = create(minova_client, imageRef=large, block_device_mapping_v2=[device | {'volume_size': 1}])
    assert (answer.status, answer.message) == (
        400, 'Volume is smaller than the minimum size specified in image metadata. '
             f'Volume size is {GI} bytes, minimum size is {2 * GI} bytes.')
    answer = create(minova_client, imageRef=large, block_device_mapping_v2=[device | {'volume_size': 2}])
    assert answer.status == 202, answer.text
    url = f'/servers/{answer.json["server"]["id"]}/action'
    assert minova_client.post(url, {'rebuild': {'imageRef': large}}).status == 202
