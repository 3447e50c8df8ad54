from minova.policies import base

BASE = 'os_compute_api:os-used-limits'


def list_rules():
    return [base.rule(BASE, base.ADMIN, 'See what another project uses of its limits.',
                      'GET /limits?tenant_id={project_id}')]
