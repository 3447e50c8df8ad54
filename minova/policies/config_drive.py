from minova.policies import base

BASE = 'os_compute_api:os-config-drive'


def list_rules():
    return [base.rule(BASE, '', 'See whether servers have a config drive.',
                      'GET /servers/{server_id}', 'GET /servers/detail')]
