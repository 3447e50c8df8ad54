"""Servers that are looked for: by lists, what is looked at in a query and in which order, and one by one."""


def test_who_asks_for_a_status_that_there_is_not_is_asked_for_nothing_else(client):
    for path in ('/servers', '/servers/detail'):
        answer = client.get(f'{path}?status=nosuch&limit=x')
        assert (answer.status, answer.json) == (200, {'servers': []})


def test_an_administrator_finds_a_server_by_its_description_which_is_its_first_name(client):
    server = client.boot(name='web')
    client.put(f'/servers/{server["id"]}', {'server': {'name': 'db'}})
    for query, found in (('display_description=web', [server['id']]), ('display_description=db', [])):
        assert [each['id'] for each in client.get(f'/servers?{query}').json['servers']] == found


def test_a_server_is_found_by_its_number_too_as_clients_of_ec2_had_it(client):
    server = client.boot()
    number = int(client.get(f'/servers/{server["id"]}').json['server'][
        'OS-EXT-SRV-ATTR:instance_name'].removeprefix('instance-'), 16)
    assert client.get(f'/servers/{number}').json['server']['id'] == server['id']
    assert client.post(f'/servers/{number}/action', {'pause': None}).status == 202
    for missing in (f'0{number}', f'+{number}', number + 1, -1, 0, 10 ** 30, '1.0'):
        answer = client.get(f'/servers/{missing}')
        assert (answer.status, answer.message) == (404, f'Instance {missing} could not be found.')
    other = client.get(f'/servers/{number}', user='demo', project='demo')
    assert (other.status, other.message) == (404, f'Instance {number} could not be found.')
