from minova.policies import base

_ACTION = 'POST /servers/{server_id}/action'
BASE = 'os_compute_api:os-console-output'


def list_rules():
    return [
        base.rule(BASE, '', 'See the console output of a server.', _ACTION),
    ]
