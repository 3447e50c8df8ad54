from minova.policies import base

_ACTION = 'POST /servers/{server_id}/action'
BASE = 'os_compute_api:os-create-backup'


def list_rules():
    return [
        base.rule(BASE, base.ADMIN_OR_OWNER, 'Make a backup of a server.', _ACTION),
    ]
