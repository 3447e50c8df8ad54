from minova.policies import base

LIST = 'os_compute_api:os-availability-zone:list'
DETAIL = 'os_compute_api:os-availability-zone:detail'


def list_rules():
    return [base.rule(LIST, '', 'List the availability zones.', 'GET /os-availability-zone'),
            base.rule(DETAIL, base.ADMIN, 'List the availability zones with their hosts.',
                      'GET /os-availability-zone/detail')]
