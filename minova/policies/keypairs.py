from minova.policies import base

_ADMIN_OR_USER = 'rule:admin_api or user_id:%(user_id)s'

BASE = 'os_compute_api:os-keypairs'
INDEX = 'os_compute_api:os-keypairs:index'
SHOW = 'os_compute_api:os-keypairs:show'
CREATE = 'os_compute_api:os-keypairs:create'
DELETE = 'os_compute_api:os-keypairs:delete'


def list_rules():
    return [
        base.rule(BASE, '', 'See the key pairs that servers were made with.',
                  'GET /servers/{server_id}', 'GET /servers/detail'),
        base.rule(INDEX, _ADMIN_OR_USER, 'List the key pairs of a user.', 'GET /os-keypairs'),
        base.rule(SHOW, _ADMIN_OR_USER, 'See a key pair of a user.',
                  'GET /os-keypairs/{keypair_name}'),
        base.rule(CREATE, _ADMIN_OR_USER, 'Make or import a key pair for a user.',
                  'POST /os-keypairs'),
        base.rule(DELETE, _ADMIN_OR_USER, 'Delete a key pair of a user.',
                  'DELETE /os-keypairs/{keypair_name}'),
    ]
