from minova.policies import base

BASE = 'os_compute_api:os-multinic'


def list_rules():
    return [base.rule(
        BASE, base.ADMIN_OR_OWNER, 'Give a server another fixed address, or take one from it.',
        'POST /servers/{server_id}/action (addFixedIp)',
        'POST /servers/{server_id}/action (removeFixedIp)')]
