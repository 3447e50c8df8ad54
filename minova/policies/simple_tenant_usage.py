from minova.policies import base

LIST = 'os_compute_api:os-simple-tenant-usage:list'
SHOW = 'os_compute_api:os-simple-tenant-usage:show'


def list_rules():
    return [base.rule(LIST, base.ADMIN, 'See what all projects have used.',
                      'GET /os-simple-tenant-usage'),
            base.rule(SHOW, base.ADMIN_OR_OWNER, 'See what a project has used.',
                      'GET /os-simple-tenant-usage/{project_id}')]
