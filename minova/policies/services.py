from minova.policies import base

BASE = 'os_compute_api:os-services'


def list_rules():
    return [base.rule(BASE, base.ADMIN, 'List services, enable, disable, force down, delete them.',
                      'GET /os-services', 'PUT /os-services/{action}',
                      'DELETE /os-services/{service_id}')]
