"""remote-consoles: the protocol decides who is asked, the type what for."""

import pytest


@pytest.mark.parametrize('protocol, console_type', [
    ('serial', 'novnc'), ('spice', 'xvpvnc'), ('rdp', 'novnc'), ('mks', 'novnc'), ('vnc', 'serial')])
def test_a_type_of_another_protocol(minova_client, protocol, console_type):
    body = {'remote_console': {'protocol': protocol, 'type': console_type}}
    server = minova_client.boot()['id']
    answer = minova_client.post(f'/servers/{server}/remote-consoles', body, version='2.8')
    assert (answer.status, answer.message) == (400, f'Unavailable console type {console_type}.')
    stranger = minova_client.as_user('eve', 'other')
    assert stranger.post(f'/servers/{server}/remote-consoles', body, version='2.8').status == 404
