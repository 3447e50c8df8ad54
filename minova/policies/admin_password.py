from minova.policies import base

_ACTION = 'POST /servers/{server_id}/action'
BASE = 'os_compute_api:os-admin-password'


def list_rules():
    return [
        base.rule(BASE, '', 'Change the administrator password of a server.', _ACTION),
    ]
