from minova.policies import base

BASE = 'os_compute_api:os-networks'
VIEW = 'os_compute_api:os-networks:view'


def list_rules():
    return [
        base.rule(BASE, base.ADMIN, 'Make, remove and give away networks.',
                  'POST /os-networks', 'POST /os-networks/add', 'DELETE /os-networks/{network_id}',
                  'POST /os-networks/{network_id}/action (disassociate)'),
        base.rule(VIEW, base.ADMIN_OR_OWNER, 'List and show networks.',
                  'GET /os-networks', 'GET /os-networks/{network_id}'),
    ]
