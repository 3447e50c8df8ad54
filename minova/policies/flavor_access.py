from minova.policies import base

BASE = 'os_compute_api:os-flavor-access'
ADD = f'{BASE}:add_tenant_access'
REMOVE = f'{BASE}:remove_tenant_access'
_ACTION = 'POST /flavors/{flavor_id}/action'


def list_rules():
    return [
        base.rule(BASE, '', 'See which projects may use a flavor, and whether it is public.',
                  'GET /flavors/{flavor_id}/os-flavor-access', 'GET /flavors/detail',
                  'GET /flavors/{flavor_id}', 'POST /flavors'),
        base.rule(ADD, base.ADMIN, 'Let a project use a flavor.', f'{_ACTION} (addTenantAccess)'),
        base.rule(REMOVE, base.ADMIN, 'Take that back.', f'{_ACTION} (removeTenantAccess)'),
    ]
