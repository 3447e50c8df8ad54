from minova.policies import base

BASE = 'os_compute_api:os-server-password'


def list_rules():
    return [
        base.rule(BASE, '', 'See and clear the password that a guest has made up.',
                  'GET /servers/{server_id}/os-server-password'),
    ]
