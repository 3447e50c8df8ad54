from minova.policies import base

BASE = 'os_compute_api:os-minova-simulator'


def list_rules():
    return [
        base.rule(BASE, base.ADMIN, 'See and change how simulated hypervisors behave, and reset the cloud.',
                  'GET /os-minova-simulator', 'POST /os-minova-simulator',
                  'DELETE /os-minova-simulator', 'POST /os-minova-simulator/reset'),
    ]
