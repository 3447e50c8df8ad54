from minova.policies import base

_BASE = 'os_compute_api:server-metadata:'
INDEX = _BASE + 'index'
SHOW = _BASE + 'show'
CREATE = _BASE + 'create'
UPDATE = _BASE + 'update'
UPDATE_ALL = _BASE + 'update_all'
DELETE = _BASE + 'delete'

_COLLECTION = '/servers/{server_id}/metadata'
_ITEM = _COLLECTION + '/{key}'


def list_rules():
    return [
        base.rule(INDEX, '', 'See all metadata of a server.', f'GET {_COLLECTION}'),
        base.rule(SHOW, '', 'See one item of the metadata of a server.', f'GET {_ITEM}'),
        base.rule(CREATE, '', 'Add to the metadata of a server.', f'POST {_COLLECTION}'),
        base.rule(UPDATE_ALL, '', 'Replace the metadata of a server.', f'PUT {_COLLECTION}'),
        base.rule(UPDATE, '', 'Set one item of the metadata of a server.', f'PUT {_ITEM}'),
        base.rule(DELETE, '', 'Delete one item of the metadata of a server.', f'DELETE {_ITEM}'),
    ]
