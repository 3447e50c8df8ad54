"""Ranges of floating addresses."""

_ip_range = {'type': 'string', 'pattern': '^[0-9./a-fA-F]*$'}
_name = {'type': 'string', 'minLength': 1, 'maxLength': 255}

create = {
    'type': 'object',
    'properties': {
        'floating_ips_bulk_create': {
            'type': 'object',
            'properties': {'ip_range': _ip_range, 'pool': _name, 'interface': _name},
            'required': ['ip_range'],
            'additionalProperties': False,
        },
    },
    'required': ['floating_ips_bulk_create'],
    'additionalProperties': False,
}

delete = {
    'type': 'object',
    'properties': {'ip_range': _ip_range},
    'required': ['ip_range'],
    'additionalProperties': False,
}
