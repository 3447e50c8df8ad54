from minova.policies import base

INDEX = 'os_compute_api:os-consoles:index'
CREATE = 'os_compute_api:os-consoles:create'
SHOW = 'os_compute_api:os-consoles:show'
DELETE = 'os_compute_api:os-consoles:delete'


def list_rules():
    return [
        base.rule(INDEX, '', 'List the consoles of a server.', 'GET /servers/{server_id}/consoles'),
        base.rule(CREATE, '', 'Make a console of a server.', 'POST /servers/{server_id}/consoles'),
        base.rule(SHOW, '', 'See a console of a server.', 'GET /servers/{server_id}/consoles/{console_id}'),
        base.rule(DELETE, '', 'Delete a console of a server.',
                  'DELETE /servers/{server_id}/consoles/{console_id}'),
    ]
