from minova.policies import base

BASE = 'os_compute_api:os-server-usage'


def list_rules():
    return [base.rule(BASE, '', 'See when servers began and ended.',
                      'GET /servers/{server_id}', 'GET /servers/detail')]
