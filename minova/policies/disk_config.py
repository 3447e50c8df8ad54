from minova.policies import base

BASE = 'os_compute_api:os-disk-config'


def list_rules():
    return [base.rule(BASE, '', 'See OS-DCF:diskConfig of images and servers.',
                      'GET /images/{image_id}', 'GET /images/detail',
                      'GET /servers/{server_id}', 'GET /servers/detail')]
