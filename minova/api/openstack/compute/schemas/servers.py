"""Requests to create and update servers, before the extensions add to them."""

from minova.api.validation import parameter_types

base_create = {
    'type': 'object',
    'properties': {
        'server': {
            'type': 'object',
            'properties': {
                'name': parameter_types.name,
                'imageRef': parameter_types.image_ref,
                'flavorRef': parameter_types.flavor_ref,
                'adminPass': parameter_types.admin_password,
                'metadata': parameter_types.metadata,
                'networks': {
                    'type': 'array',
                    'items': {
                        'type': 'object',
                        'properties': {
                            'fixed_ip': parameter_types.ip_address,
                            'port': {'oneOf': [parameter_types.network_port_id, {'type': 'null'}]},
                            'uuid': {'type': 'string'},
                        },
                        'additionalProperties': False,
                    },
                },
            },
            'required': ['name', 'flavorRef'],
            'additionalProperties': False,
        },
    },
    'required': ['server'],
    'additionalProperties': False,
}

base_update = {
    'type': 'object',
    'properties': {
        'server': {
            'type': 'object',
            'properties': {'name': parameter_types.name},
            'additionalProperties': False,
        },
    },
    'required': ['server'],
    'additionalProperties': False,
}
