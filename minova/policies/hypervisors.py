from minova.policies import base

BASE = 'os_compute_api:os-hypervisors'


def list_rules():
    return [base.rule(BASE, base.ADMIN, 'See the hypervisors, their figures and their servers.',
                      'GET /os-hypervisors', 'GET /os-hypervisors/detail',
                      'GET /os-hypervisors/statistics', 'GET /os-hypervisors/{id}',
                      'GET /os-hypervisors/{id}/uptime', 'GET /os-hypervisors/{name}/search',
                      'GET /os-hypervisors/{name}/servers')]
