from minova.policies import base

BASE = 'os_compute_api:os-tenant-networks'


def list_rules():
    return [base.rule(
        BASE, base.ADMIN_OR_OWNER, "List, show, make and remove the project's networks.",
        'GET /os-tenant-networks', 'GET /os-tenant-networks/{network_id}',
        'POST /os-tenant-networks', 'DELETE /os-tenant-networks/{network_id}')]
