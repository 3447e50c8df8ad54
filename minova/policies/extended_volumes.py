from minova.policies import base

BASE = 'os_compute_api:os-extended-volumes'


def list_rules():
    return [base.rule(BASE, '', 'See which volumes servers have.',
                      'GET /servers/{server_id}', 'GET /servers/detail')]
