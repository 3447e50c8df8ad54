from minova.policies import base

_ACTION = 'POST /servers/{server_id}/action'
PAUSE = 'os_compute_api:os-pause-server:pause'
UNPAUSE = 'os_compute_api:os-pause-server:unpause'


def list_rules():
    return [
        base.rule(PAUSE, base.ADMIN_OR_OWNER, 'Pause a server.', _ACTION),
        base.rule(UNPAUSE, base.ADMIN_OR_OWNER, 'Unpause a server.', _ACTION),
    ]
