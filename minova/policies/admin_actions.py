from minova.policies import base

_ACTION = 'POST /servers/{server_id}/action'
RESET_STATE = 'os_compute_api:os-admin-actions:reset_state'
INJECT_NETWORK_INFO = 'os_compute_api:os-admin-actions:inject_network_info'
RESET_NETWORK = 'os_compute_api:os-admin-actions:reset_network'


def list_rules():
    return [
        base.rule(RESET_STATE, base.ADMIN, 'Set the state of a server.', _ACTION),
        base.rule(INJECT_NETWORK_INFO, base.ADMIN, 'Tell a server its addresses.', _ACTION),
        base.rule(RESET_NETWORK, base.ADMIN, 'Let a server set its network up anew.', _ACTION),
    ]
