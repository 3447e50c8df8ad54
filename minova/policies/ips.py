from minova.policies import base

INDEX = 'os_compute_api:ips:index'
SHOW = 'os_compute_api:ips:show'


def list_rules():
    return [
        base.rule(INDEX, '', 'See all addresses of a server.', 'GET /servers/{server_id}/ips'),
        base.rule(SHOW, '', 'See the addresses of a server on one network.',
                  'GET /servers/{server_id}/ips/{label}'),
    ]
