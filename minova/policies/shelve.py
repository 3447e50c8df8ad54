from minova.policies import base

_ACTION = 'POST /servers/{server_id}/action'
SHELVE = 'os_compute_api:os-shelve:shelve'
UNSHELVE = 'os_compute_api:os-shelve:unshelve'
SHELVE_OFFLOAD = 'os_compute_api:os-shelve:shelve_offload'


def list_rules():
    return [
        base.rule(SHELVE, '', 'Shelve a server.', _ACTION),
        base.rule(UNSHELVE, '', 'Unshelve a server.', _ACTION),
        base.rule(SHELVE_OFFLOAD, base.ADMIN, 'Take a shelved server off its host.', _ACTION),
    ]
