from minova.policies import base

BASE = 'os_compute_api:os-extended-status'


def list_rules():
    return [base.rule(BASE, '', 'See the states of servers.',
                      'GET /servers/{server_id}', 'GET /servers/detail')]
