from minova.policies import base

_ACTION = 'POST /servers/{server_id}/action'
BASE = 'os_compute_api:os-remote-consoles'


def list_rules():
    return [
        base.rule(BASE, '', 'Open a console of a server.', _ACTION),
    ]
