from minova.policies import base

BASE = 'os_compute_api:os-floating-ips-bulk'


def list_rules():
    return [base.rule(
        BASE, base.ADMIN, 'List all floating addresses, add ranges of them and remove them.',
        'GET /os-floating-ips-bulk', 'GET /os-floating-ips-bulk/{host_name}',
        'POST /os-floating-ips-bulk', 'PUT /os-floating-ips-bulk/delete')]
