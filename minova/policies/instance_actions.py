from minova.policies import base

BASE = 'os_compute_api:os-instance-actions'
EVENTS = 'os_compute_api:os-instance-actions:events'


def list_rules():
    return [
        base.rule(BASE, '', 'See what was done to a server.', 'GET /servers/{server_id}/os-instance-actions'),
        base.rule(EVENTS, base.ADMIN, 'See the parts of what was done.',
                  'GET /servers/{server_id}/os-instance-actions/{request_id}'),
    ]
