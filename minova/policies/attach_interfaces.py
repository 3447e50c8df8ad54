from minova.policies import base

BASE = 'os_compute_api:os-attach-interfaces'
CREATE = f'{BASE}:create'
DELETE = f'{BASE}:delete'


def list_rules():
    return [
        base.rule(BASE, base.ADMIN_OR_OWNER, 'List and show the ports of a server, and the rest.',
                  'GET /servers/{server_id}/os-interface',
                  'GET /servers/{server_id}/os-interface/{port_id}'),
        base.rule(CREATE, base.ADMIN_OR_OWNER, 'Give a server a port.',
                  'POST /servers/{server_id}/os-interface'),
        base.rule(DELETE, base.ADMIN_OR_OWNER, 'Take a port from a server.',
                  'DELETE /servers/{server_id}/os-interface/{port_id}'),
    ]
