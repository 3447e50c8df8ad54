from minova.policies import base

BASE = 'os_compute_api:os-extended-availability-zone'


def list_rules():
    return [base.rule(BASE, '', 'See the availability zones of servers.',
                      'GET /servers/{server_id}', 'GET /servers/detail')]
