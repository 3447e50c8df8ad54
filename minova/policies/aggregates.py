from minova.policies import base

ROOT = 'os_compute_api:os-aggregates:%s'
_RULES = {
    'index': ('List aggregates.', 'GET /os-aggregates'),
    'create': ('Create an aggregate.', 'POST /os-aggregates'),
    'show': ('Show an aggregate.', 'GET /os-aggregates/{aggregate_id}'),
    'update': ('Change name or zone of an aggregate.', 'PUT /os-aggregates/{aggregate_id}'),
    'delete': ('Delete an aggregate.', 'DELETE /os-aggregates/{aggregate_id}'),
    'add_host': ('Put a host into an aggregate.', 'POST /os-aggregates/{aggregate_id}/action'),
    'remove_host': ('Take a host out of an aggregate.',
                    'POST /os-aggregates/{aggregate_id}/action'),
    'set_metadata': ('Change the metadata of an aggregate.',
                     'POST /os-aggregates/{aggregate_id}/action'),
}


def list_rules():
    return [base.rule(ROOT % name, base.ADMIN, description, operation)
            for name, (description, operation) in _RULES.items()]
