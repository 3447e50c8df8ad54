from minova.policies import base

BASE = 'os_compute_api:os-server-diagnostics'


def list_rules():
    return [
        base.rule(BASE, base.ADMIN, 'See the diagnostics of a server.',
                  'GET /servers/{server_id}/diagnostics'),
    ]
