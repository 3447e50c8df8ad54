"""Lists of servers: what is looked at in a query, and in which order."""


def test_who_asks_for_a_status_that_there_is_not_is_asked_for_nothing_else(client):
    for path in ('/servers', '/servers/detail'):
        answer = client.get(f'{path}?status=nosuch&limit=x')
        assert (answer.status, answer.json) == (200, {'servers': []})


def test_an_administrator_finds_a_server_by_its_description_which_is_its_first_name(client):
    server = client.boot(name='web')
    client.put(f'/servers/{server["id"]}', {'server': {'name': 'db'}})
    for query, found in (('display_description=web', [server['id']]), ('display_description=db', [])):
        assert [each['id'] for each in client.get(f'/servers?{query}').json['servers']] == found
