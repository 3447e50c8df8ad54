from minova.policies import base

BASE = 'os_compute_api:os-security-group-default-rules'


def list_rules():
    return [base.rule(
        BASE, base.ADMIN, 'List, show, make and remove the rules that default security groups '
        'begin with.',
        'GET /os-security-group-default-rules',
        'GET /os-security-group-default-rules/{security_group_default_rule_id}',
        'POST /os-security-group-default-rules',
        'DELETE /os-security-group-default-rules/{security_group_default_rule_id}')]
