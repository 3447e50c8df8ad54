from minova.policies import base

BASE = 'os_compute_api:os-flavor-rxtx'


def list_rules():
    return [base.rule(BASE, '', 'See the rxtx_factor of flavors.',
                      'GET /flavors/{flavor_id}', 'GET /flavors/detail', 'POST /flavors')]
