from minova.policies import base

BASE = 'os_compute_api:os-access-ips'


def list_rules():
    return [base.rule(BASE, '', 'See accessIPv4 and accessIPv6 of servers.',
                      'GET /servers/{server_id}', 'GET /servers/detail')]
