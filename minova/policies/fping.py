from minova.policies import base

BASE = 'os_compute_api:os-fping'
ALL_TENANTS = f'{BASE}:all_tenants'


def list_rules():
    return [
        base.rule(BASE, '', 'See which servers of the project answer a ping.',
                  'GET /os-fping', 'GET /os-fping/{server_id}'),
        base.rule(ALL_TENANTS, base.ADMIN, 'See which servers of all projects answer a ping.',
                  'GET /os-fping?all_tenants=1'),
    ]
