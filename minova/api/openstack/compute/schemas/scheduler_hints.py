"""Scheduler hints."""

from minova.api.validation import parameter_types

_hints = {
    'type': 'object',
    'properties': {
        'group': {'type': 'string', 'maxLength': 255},
        # One server, or several.
        'different_host': {
            'type': ['string', 'array'],
            'format': 'uuid',
            'items': parameter_types.server_id,
        },
        'same_host': {
            'type': ['string', 'array'],
            'items': parameter_types.server_id,
        },
        'query': {'type': ['string', 'object']},
        'target_cell': parameter_types.name,
        'build_near_host_ip': parameter_types.ip_address,
        'cidr': {'type': 'string', 'pattern': '^\\/[0-9a-f.:]+$'},
    },
    # Whoever writes a filter may give it hints of its own.
    'additionalProperties': True,
}

server_create = {'OS-SCH-HNT:scheduler_hints': _hints, 'os:scheduler_hints': _hints}
