from minova.policies import base

BASE = 'os_compute_api:os-flavor-manage'


def list_rules():
    return [base.rule(BASE, base.ADMIN, 'Create and delete flavors.',
                      'POST /flavors', 'DELETE /flavors/{flavor_id}')]
