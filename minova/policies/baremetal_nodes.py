from minova.policies import base

BASE = 'os_compute_api:os-baremetal-nodes'


def list_rules():
    return [base.rule(BASE, base.ADMIN, 'See bare metal nodes.',
                      'GET /os-baremetal-nodes', 'GET /os-baremetal-nodes/{node_id}')]
