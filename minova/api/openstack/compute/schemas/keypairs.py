"""Bodies of the key pair requests."""

import copy

from minova.api.validation import parameter_types

create = {
    'type': 'object',
    'properties': {
        'keypair': {
            'type': 'object',
            'properties': {
                'name': parameter_types.name,
                'public_key': {'type': 'string'},
            },
            'required': ['name'],
            'additionalProperties': False,
        },
    },
    'required': ['keypair'],
    'additionalProperties': False,
}

create_v22 = copy.deepcopy(create)
create_v22['properties']['keypair']['properties'] = {
    'name': parameter_types.name,
    'type': {'type': 'string', 'enum': ['ssh', 'x509']},
    'public_key': {'type': 'string'},
}

create_v210 = copy.deepcopy(create_v22)
create_v210['properties']['keypair']['properties']['user_id'] = {
    'type': 'string', 'minLength': 1, 'maxLength': 255}

server_create = {'key_name': parameter_types.name}
