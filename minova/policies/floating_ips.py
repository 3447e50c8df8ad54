from minova.policies import base

BASE = 'os_compute_api:os-floating-ips'


def list_rules():
    return [base.rule(
        BASE, base.ADMIN_OR_OWNER, "List, show, allocate, release and use the project's floating "
        'addresses.',
        'GET /os-floating-ips', 'GET /os-floating-ips/{floating_ip_id}', 'POST /os-floating-ips',
        'DELETE /os-floating-ips/{floating_ip_id}',
        'POST /servers/{server_id}/action (addFloatingIp)',
        'POST /servers/{server_id}/action (removeFloatingIp)')]
