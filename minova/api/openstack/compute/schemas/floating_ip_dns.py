"""Domains, and the names in them."""

from minova.api.validation import parameter_types

domain_entry_update = {
    'type': 'object',
    'properties': {
        'domain_entry': {
            'type': 'object',
            'properties': {
                'scope': {'type': 'string', 'enum': ['public', 'private']},
                'project': parameter_types.project_id,
                'availability_zone': parameter_types.name,
            },
            'required': ['scope'],
            'maxProperties': 2,
            'additionalProperties': False,
        },
    },
    'required': ['domain_entry'],
    'additionalProperties': False,
}

dns_entry_update = {
    'type': 'object',
    'properties': {
        'dns_entry': {
            'type': 'object',
            'properties': {
                'ip': parameter_types.ip_address,
                'dns_type': {'type': 'string', 'enum': ['a', 'A']},
            },
            'required': ['ip', 'dns_type'],
            'additionalProperties': False,
        },
    },
    'required': ['dns_entry'],
    'additionalProperties': False,
}
