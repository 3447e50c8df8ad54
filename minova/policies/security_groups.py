from minova.policies import base

BASE = 'os_compute_api:os-security-groups'


def list_rules():
    return [base.rule(
        BASE, base.ADMIN_OR_OWNER, 'List, show, make, change and remove security groups and their '
        'rules, and put servers into them.',
        'GET /os-security-groups', 'GET /os-security-groups/{security_group_id}',
        'POST /os-security-groups', 'PUT /os-security-groups/{security_group_id}',
        'DELETE /os-security-groups/{security_group_id}', 'POST /os-security-group-rules',
        'DELETE /os-security-group-rules/{security_group_rule_id}',
        'GET /servers/{server_id}/os-security-groups',
        'POST /servers/{server_id}/action (addSecurityGroup)',
        'POST /servers/{server_id}/action (removeSecurityGroup)',
        'GET /servers/{server_id}', 'GET /servers/detail', 'POST /servers')]
