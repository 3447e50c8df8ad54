from minova.policies import base

_ACTION = 'POST /servers/{server_id}/action'
BASE = 'os_compute_api:os-rescue'


def list_rules():
    return [
        base.rule(BASE, '', 'Rescue and unrescue a server.', _ACTION),
    ]
