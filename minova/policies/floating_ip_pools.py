from minova.policies import base

BASE = 'os_compute_api:os-floating-ip-pools'


def list_rules():
    return [base.rule(BASE, base.ADMIN_OR_OWNER, 'List the pools of floating addresses.',
                      'GET /os-floating-ip-pools')]
