"""What a request to create a server says of security groups."""

from minova.api.validation import parameter_types

server_create = {
    'security_groups': {
        'type': 'array',
        'items': {
            'type': 'object',
            'properties': {'name': parameter_types.name},
            'additionalProperties': False,
        },
    },
}
