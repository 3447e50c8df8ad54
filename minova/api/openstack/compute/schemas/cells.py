"""Bodies of cells."""

from minova.api.validation import parameter_types

_cell = {
    'type': 'object',
    'properties': {
        'name': {'type': 'string', 'minLength': 1, 'maxLength': 255,
                 'pattern': '^(?! )[a-zA-Z0-9_ -]+(?<! )$'},
        'type': {'type': 'string', 'enum': ['parent', 'child']},
        'username': {'type': 'string', 'minLength': 0, 'maxLength': 255},
        'password': {'type': 'string', 'minLength': 0, 'maxLength': 255},
        'rpc_host': parameter_types.hostname_or_ip_address,
        'rpc_port': parameter_types.tcp_udp_port,
        'rpc_virtual_host': parameter_types.hostname_or_ip_address,
    },
    'required': ['name'],
    'additionalProperties': False,
}

create = {
    'type': 'object',
    'properties': {'cell': _cell},
    'required': ['cell'],
    'additionalProperties': False,
}

update = {**create, 'properties': {
    'cell': {key: value for key, value in _cell.items() if key != 'required'}}}

sync_instances = {
    'type': 'object',
    'properties': {
        'project_id': parameter_types.project_id,
        'deleted': parameter_types.boolean,
        'updated_since': {'type': 'string', 'format': 'date-time'},
    },
    'additionalProperties': False,
}
