"""Scheduler hints."""

from minova.api.validation import parameter_types

_hints = {
    'type': 'object',
    'properties': {
        'group': {'type': 'string', 'format': 'uuid'},
        'different_host': {
            # One server, or several.
            'oneOf': [
                {'type': 'string', 'format': 'uuid'},
                {'type': 'array', 'items': parameter_types.server_id},
            ],
        },
        'same_host': {
            'type': ['string', 'array'],
            'items': parameter_types.server_id,
        },
        'query': {'type': ['string', 'object']},
        'target_cell': parameter_types.name,
        'different_cell': {'type': ['string', 'array'], 'items': {'type': 'string'}},
        'build_near_host_ip': parameter_types.ip_address,
        'cidr': {'type': 'string', 'pattern': '^\\/[0-9a-f.:]+$'},
    },
    # Whoever writes a filter may give it hints of its own.
    'additionalProperties': True,
}

server_create = {'OS-SCH-HNT:scheduler_hints': _hints, 'os:scheduler_hints': _hints}
