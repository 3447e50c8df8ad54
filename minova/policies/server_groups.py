from minova.policies import base

BASE = 'os_compute_api:os-server-groups'


def list_rules():
    return [base.rule(BASE, base.ADMIN_OR_OWNER, 'See and manage server groups.',
                      'GET /os-server-groups', 'GET /os-server-groups/{server_group_id}',
                      'POST /os-server-groups', 'DELETE /os-server-groups/{server_group_id}')]
