from minova.policies import base

BASE = 'os_compute_api:os-hide-server-addresses'


def list_rules():
    return [base.rule(BASE, 'is_admin:False',
                      'Not see addresses in the states that the configuration names.',
                      'GET /servers/{server_id}', 'GET /servers/detail')]
