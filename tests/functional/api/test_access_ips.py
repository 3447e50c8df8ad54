"""accessIPv4 and accessIPv6, as they are given and as they are shown."""

import pytest


@pytest.mark.parametrize('given, shown', [
    ('0000:0000:0000:0000:0000:babe:220.12.22.2', '::babe:dc0c:1602'),
    ('FE80::0001', 'fe80::1'),
    ('fe80::1', 'fe80::1'),
])
def test_ipv6_is_shown_in_its_shortest_form(minova_client, given, shown):
    server = minova_client.boot(accessIPv4='192.0.2.9', accessIPv6=given)
    assert (server['accessIPv4'], server['accessIPv6']) == ('192.0.2.9', shown)
    answer = minova_client.put(f'/servers/{server["id"]}', {'server': {'accessIPv6': given}})
    assert answer.json['server']['accessIPv6'] == shown
