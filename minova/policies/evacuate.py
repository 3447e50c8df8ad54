from minova.policies import base

_ACTION = 'POST /servers/{server_id}/action'
BASE = 'os_compute_api:os-evacuate'


def list_rules():
    return [
        base.rule(BASE, base.ADMIN, 'Make a server anew because its host is dead.', _ACTION),
    ]
