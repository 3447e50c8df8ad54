from minova.policies import base

BASE = 'os_compute_api:os-cells'
CREATE = f'{BASE}:create'
UPDATE = f'{BASE}:update'
DELETE = f'{BASE}:delete'
SYNC_INSTANCES = f'{BASE}:sync_instances'


def list_rules():
    return [
        base.rule(BASE, base.ADMIN, 'See cells and what room they have.',
                  'GET /os-cells', 'GET /os-cells/detail', 'GET /os-cells/info',
                  'GET /os-cells/capacities', 'GET /os-cells/{cell}',
                  'GET /os-cells/{cell}/capacities'),
        base.rule(CREATE, base.ADMIN, 'Add a neighbour of this cell.', 'POST /os-cells'),
        base.rule(UPDATE, base.ADMIN, 'Change one.', 'PUT /os-cells/{cell}'),
        base.rule(DELETE, base.ADMIN, 'Remove one.', 'DELETE /os-cells/{cell}'),
        base.rule(SYNC_INSTANCES, base.ADMIN, 'Have the cells report their servers anew.',
                  'POST /os-cells/sync_instances'),
    ]
