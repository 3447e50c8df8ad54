"""Lists of servers: what is looked at in a query, and in which order."""


def test_who_asks_for_a_status_that_there_is_not_is_asked_for_nothing_else(client):
    for path in ('/servers', '/servers/detail'):
        answer = client.get(f'{path}?status=nosuch&limit=x')
        assert (answer.status, answer.json) == (200, {'servers': []})
