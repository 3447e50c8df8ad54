"""/os-quota-class-sets"""

import pytest

DEFAULTS = {'cores': 20, 'fixed_ips': -1, 'floating_ips': 10, 'injected_file_content_bytes': 10240,
            'injected_file_path_bytes': 255, 'injected_files': 5, 'instances': 10,
            'key_pairs': 100, 'metadata_items': 128, 'ram': 51200, 'security_group_rules': 20,
            'security_groups': 10}


def put(client, name='gold', **values):
    return client.put(f'/os-quota-class-sets/{name}', {'quota_class_set': values})


def test_classes_need_not_be_made(client):
    answer = client.get('/os-quota-class-sets/gold')
    assert (answer.status, answer.json) == (200, {'quota_class_set': {'id': 'gold', **DEFAULTS}})


def test_update(client):
    answer = put(client, instances=5, ram='1024')
    assert (answer.status, answer.json) == (
        200, {'quota_class_set': {**DEFAULTS, 'instances': 5, 'ram': 1024}})
    assert put(client, ram=-1).json['quota_class_set'] == {**DEFAULTS, 'instances': 5, 'ram': -1}
    assert client.get('/os-quota-class-sets/silver').json['quota_class_set']['ram'] == 51200


def test_classes_limit_server_groups_but_do_not_show_it(client):
    answer = put(client, 'default', server_groups=3, server_group_members='4')
    assert (answer.status, answer.json) == (200, {'quota_class_set': DEFAULTS})
    limits = client.get('/os-quota-sets/p').json['quota_set']
    assert (limits['server_groups'], limits['server_group_members']) == (3, 4)


@pytest.mark.parametrize('values, message', [
    ({'server_group': 1}, "Invalid input for field/attribute quota_class_set. Value: "
                          "{'server_group': 1}. Additional properties are not allowed "
                          "('server_group' was unexpected)"),
    ({'instances': -2}, 'Invalid input for field/attribute instances. Value: -2. -2 is less than '
                        'the minimum of -1'),
])
def test_bad_limits(client, values, message):
    answer = put(client, **values)
    assert (answer.status, answer.message) == (400, message)


def test_a_name_that_cannot_be_kept(client):
    answer = put(client, 'x' * 256, cores=1)
    assert (answer.status, answer.message) == (
        400, 'Invalid input received: quota_class_name has 256 characters, more than 255.')
    assert put(client, 'x' * 255, cores=1).status == 200


def test_classes_are_for_administrators(client):
    member = client.as_user('demo', 'p')
    for answer, rule in ((member.get('/os-quota-class-sets/gold'), 'show'),
                         (put(member, cores=1), 'update')):
        assert (answer.status, answer.message) == (
            403, f"Policy doesn't allow os_compute_api:os-quota-class-sets:{rule} to be performed.")
