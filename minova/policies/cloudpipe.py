from minova.policies import base

BASE = 'os_compute_api:os-cloudpipe'


def list_rules():
    return [base.rule(BASE, base.ADMIN, 'See, start and configure the VPN servers of projects.',
                      'GET /os-cloudpipe', 'POST /os-cloudpipe',
                      'PUT /os-cloudpipe/configure-project')]
