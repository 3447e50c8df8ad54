from minova.policies import base

_BASE = 'os_compute_api:os-flavor-extra-specs'
INDEX = f'{_BASE}:index'
SHOW = f'{_BASE}:show'
CREATE = f'{_BASE}:create'
UPDATE = f'{_BASE}:update'
DELETE = f'{_BASE}:delete'
_PATH = '/flavors/{flavor_id}/os-extra_specs'


def list_rules():
    return [
        base.rule(INDEX, '', 'List the extra specs of a flavor.', f'GET {_PATH}'),
        base.rule(SHOW, '', 'Show one of them.', f'GET {_PATH}/{{key}}'),
        base.rule(CREATE, base.ADMIN, 'Set some of them.', f'POST {_PATH}'),
        base.rule(UPDATE, base.ADMIN, 'Set one of them.', f'PUT {_PATH}/{{key}}'),
        base.rule(DELETE, base.ADMIN, 'Delete one of them.', f'DELETE {_PATH}/{{key}}'),
    ]
