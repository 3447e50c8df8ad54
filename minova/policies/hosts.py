from minova.policies import base

BASE = 'os_compute_api:os-hosts'


def list_rules():
    return [base.rule(BASE, base.ADMIN, 'List, show and manage hosts.',
                      'GET /os-hosts', 'GET /os-hosts/{host}', 'PUT /os-hosts/{host}',
                      'GET /os-hosts/{host}/startup', 'GET /os-hosts/{host}/shutdown',
                      'GET /os-hosts/{host}/reboot')]
