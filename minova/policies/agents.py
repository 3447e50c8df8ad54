from minova.policies import base

BASE = 'os_compute_api:os-agents'


def list_rules():
    return [base.rule(BASE, base.ADMIN, 'See and change the builds of the guest agent.',
                      'GET /os-agents', 'POST /os-agents', 'PUT /os-agents/{agent_id}',
                      'DELETE /os-agents/{agent_id}')]
