from minova.policies import base

BASE = 'os_compute_api:os-fixed-ips'


def list_rules():
    return [base.rule(
        BASE, base.ADMIN, 'Show fixed addresses, and keep them from servers.',
        'GET /os-fixed-ips/{fixed_ip}', 'POST /os-fixed-ips/{fixed_ip}/action (reserve)',
        'POST /os-fixed-ips/{fixed_ip}/action (unreserve)')]
