from minova.policies import base

BASE = 'os_compute_api:os-networks-associate'


def list_rules():
    return [base.rule(
        BASE, base.ADMIN, 'Give networks a host, and take hosts and projects from them.',
        'POST /os-networks/{network_id}/action (associate_host)',
        'POST /os-networks/{network_id}/action (disassociate_host)',
        'POST /os-networks/{network_id}/action (disassociate_project)')]
