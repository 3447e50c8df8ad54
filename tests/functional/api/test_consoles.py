"""Consoles of servers, and the tokens that open them."""

import pytest

from minova.compute.api_console import ConsoleAPI
from minova.conf import CONF
from minova.db import console_auth_tokens, services
from tests.functional.api.test_server_actions import act, boot


def test_a_token_opens_a_console_for_proxies_of_administrators(client):
    CONF.set_override('enabled', True, 'rdp')
    try:
        answer = act(client, boot(client), {'os-getRDPConsole': {'type': 'rdp-html5'}})
    finally:
        CONF.clear_override('enabled', 'rdp')
    token = answer.json['console']['url'].split('token=')[1]
    shown = client.get(f'/os-console-auth-tokens/{token}')
    assert shown.status == 200
    assert set(shown.json['console']) == {'instance_uuid', 'host', 'port', 'internal_access_path'}
    assert client.as_user('demo').get(f'/os-console-auth-tokens/{token}').status == 403
    assert client.get('/os-console-auth-tokens/x').message == 'Token not found'


def test_a_token_of_another_kind_is_not_shown(client):
    answer = act(client, boot(client), {'os-getVNCConsole': {'type': 'novnc'}})
    token = answer.json['console']['url'].split('token=')[1]
    shown = client.get(f'/os-console-auth-tokens/{token}')
    assert (shown.status, shown.message) == (
        401, 'The requested console type details are not accessible')


def test_a_token_goes_with_its_server(client):
    server_id = boot(client)
    answer = act(client, server_id, {'os-getVNCConsole': {'type': 'novnc'}})
    token = answer.json['console']['url'].split('token=')[1]
    assert console_auth_tokens.get(token)['instance_uuid'] == server_id
    client.delete(f'/servers/{server_id}')
    assert console_auth_tokens.get(token) is None


def test_consoles_come_from_a_console_service(client):
    server_id = boot(client)
    assert client.post(f'/servers/{server_id}/consoles').status == 200
    assert client.get(f'/servers/{server_id}/consoles').json == {'consoles': []}
    services.register([('console', 'nova-console')])
    client.post(f'/servers/{server_id}/consoles')
    (listed,) = client.get(f'/servers/{server_id}/consoles').json['consoles']
    url = f"/servers/{server_id}/consoles/{listed['console']['id']}"
    assert client.get(url).json['console']['host'] == 'console'
    assert client.delete(url).status == 202
    assert client.get(url).status == client.delete(url).status == 404


@pytest.mark.parametrize('console_id', ['x', '0', '-1', '99999999999999999999', '1.5'])
def test_what_is_no_id_of_a_console(client, console_id):
    assert client.get(f'/servers/{boot(client)}/consoles/{console_id}').status == 404


def test_console_output_is_spared_control_characters(client, monkeypatch):
    monkeypatch.setattr(ConsoleAPI, 'get_console_output', lambda *args: 'a\tb\r\n\x1b[0mc\x00\x0c')
    answer = act(client, boot(client), {'os-getConsoleOutput': {}})
    assert answer.json == {'output': 'a\tb\n[0mc'}
