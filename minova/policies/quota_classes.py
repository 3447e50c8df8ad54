from minova.policies import base

SHOW = 'os_compute_api:os-quota-class-sets:show'
UPDATE = 'os_compute_api:os-quota-class-sets:update'


def list_rules():
    return [
        base.rule(SHOW, 'is_admin:True or quota_class:%(quota_class)s',
                  'See the limits of a quota class.', 'GET /os-quota-class-sets/{quota_class}'),
        base.rule(UPDATE, base.ADMIN, 'Set limits of a quota class.',
                  'PUT /os-quota-class-sets/{quota_class}'),
    ]
