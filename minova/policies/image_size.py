from minova.policies import base

BASE = 'os_compute_api:image-size'


def list_rules():
    return [base.rule(BASE, '', 'See the size of images.',
                      'GET /images/{image_id}', 'GET /images/detail')]
