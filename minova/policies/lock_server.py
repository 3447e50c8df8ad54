from minova.policies import base

_ACTION = 'POST /servers/{server_id}/action'
LOCK = 'os_compute_api:os-lock-server:lock'
UNLOCK = 'os_compute_api:os-lock-server:unlock'
UNLOCK_OVERRIDE = 'os_compute_api:os-lock-server:unlock:unlock_override'


def list_rules():
    return [
        base.rule(LOCK, base.ADMIN_OR_OWNER, 'Lock a server.', _ACTION),
        base.rule(UNLOCK, base.ADMIN_OR_OWNER, 'Unlock a server.', _ACTION),
        base.rule(UNLOCK_OVERRIDE, base.ADMIN,
                  'Take away a lock that somebody of another kind has set.', _ACTION),
    ]
