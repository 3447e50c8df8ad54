from minova.policies import base

_ACTION = 'POST /servers/{server_id}/action'
SUSPEND = 'os_compute_api:os-suspend-server:suspend'
RESUME = 'os_compute_api:os-suspend-server:resume'


def list_rules():
    return [
        base.rule(SUSPEND, base.ADMIN_OR_OWNER, 'Suspend a server.', _ACTION),
        base.rule(RESUME, base.ADMIN_OR_OWNER, 'Resume a suspended server.', _ACTION),
    ]
