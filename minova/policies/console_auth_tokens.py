from minova.policies import base

BASE = 'os_compute_api:os-console-auth-tokens'


def list_rules():
    return [
        base.rule(BASE, base.ADMIN, 'See what a console token opens.',
                  'GET /os-console-auth-tokens/{console_token}'),
    ]
