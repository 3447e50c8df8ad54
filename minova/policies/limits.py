from minova.policies import base

BASE = 'os_compute_api:limits'


def list_rules():
    return [base.rule(BASE, base.ADMIN_OR_OWNER, 'See the limits of the own project.',
                      'GET /limits')]
