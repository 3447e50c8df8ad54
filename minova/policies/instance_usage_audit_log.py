from minova.policies import base

BASE = 'os_compute_api:os-instance-usage-audit-log'


def list_rules():
    return [base.rule(BASE, base.ADMIN, 'See what the hosts reported of the usage of servers.',
                      'GET /os-instance_usage_audit_log',
                      'GET /os-instance_usage_audit_log/{before_timestamp}')]
