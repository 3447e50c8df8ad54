from minova.policies import base

BASE = 'os_compute_api:os-virtual-interfaces'


def list_rules():
    return [base.rule(BASE, base.ADMIN_OR_OWNER, 'List the interfaces of a server.',
                      'GET /servers/{server_id}/os-virtual-interfaces')]
