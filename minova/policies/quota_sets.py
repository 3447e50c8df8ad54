from minova.policies import base

SHOW = 'os_compute_api:os-quota-sets:show'
DEFAULTS = 'os_compute_api:os-quota-sets:defaults'
DETAIL = 'os_compute_api:os-quota-sets:detail'
UPDATE = 'os_compute_api:os-quota-sets:update'
DELETE = 'os_compute_api:os-quota-sets:delete'


def list_rules():
    return [
        base.rule(SHOW, base.ADMIN_OR_OWNER, 'See the limits of a project.',
                  'GET /os-quota-sets/{project_id}'),
        base.rule(DEFAULTS, base.ANYONE, 'See the limits of a project that has none of its own.',
                  'GET /os-quota-sets/{project_id}/defaults'),
        base.rule(DETAIL, base.ADMIN, 'See the limits of a project and what it uses.',
                  'GET /os-quota-sets/{project_id}/detail'),
        base.rule(UPDATE, base.ADMIN, 'Set limits of a project, or of a user in it.',
                  'PUT /os-quota-sets/{project_id}'),
        base.rule(DELETE, base.ADMIN, 'Give a project, or a user in it, the default limits again.',
                  'DELETE /os-quota-sets/{project_id}'),
    ]
