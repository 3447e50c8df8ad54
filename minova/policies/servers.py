from minova.policies import base

SERVERS = 'os_compute_api:servers:%s'

_RULES = (
    ('index', '', 'List servers.', 'GET /servers'),
    ('detail', '', 'List servers with details.', 'GET /servers/detail'),
    ('index:get_all_tenants', base.ADMIN, 'List the servers of all projects.', 'GET /servers'),
    ('detail:get_all_tenants', base.ADMIN, 'List the servers of all projects with details.',
     'GET /servers/detail'),
    ('show', '', 'Show a server.', 'GET /servers/{server_id}'),
    ('create', '', 'Create a server.', 'POST /servers'),
    ('create:forced_host', base.ADMIN, 'Say on which host a server is created.', 'POST /servers'),
    ('create:attach_volume', '', 'Create a server with block devices.', 'POST /servers'),
    ('create:attach_network', '', 'Create a server on chosen networks.', 'POST /servers'),
    ('update', '', 'Change a server.', 'PUT /servers/{server_id}'),
    ('delete', '', 'Delete a server.', 'DELETE /servers/{server_id}'),
)


def list_rules():
    return [base.rule(SERVERS % name, check, description, *operations)
            for name, check, description, *operations in _RULES]
