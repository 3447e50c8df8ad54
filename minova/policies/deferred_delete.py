from minova.policies import base

_ACTION = 'POST /servers/{server_id}/action'
BASE = 'os_compute_api:os-deferred-delete'


def list_rules():
    return [
        base.rule(BASE, base.ADMIN_OR_OWNER, 'Restore a deleted server, or delete one for good.', _ACTION),
    ]
