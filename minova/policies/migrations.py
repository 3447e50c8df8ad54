from minova.policies import base

INDEX = 'os_compute_api:os-migrations:index'


def list_rules():
    return [base.rule(INDEX, base.ADMIN, 'List migrations.', 'GET /os-migrations')]
