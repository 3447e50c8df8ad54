from minova.policies import base

CREATE = 'os_compute_api:os-server-external-events:create'


def list_rules():
    return [base.rule(CREATE, base.ADMIN, 'Tell what has happened to servers elsewhere.',
                      'POST /os-server-external-events')]
