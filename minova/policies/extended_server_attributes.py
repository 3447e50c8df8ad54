from minova.policies import base

BASE = 'os_compute_api:os-extended-server-attributes'


def list_rules():
    return [base.rule(BASE, base.ADMIN, 'See where servers are.',
                      'GET /servers/{server_id}', 'GET /servers/detail')]
