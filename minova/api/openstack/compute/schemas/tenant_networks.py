"""The networks of a project."""

from minova.api.validation import parameter_types

create = {
    'type': 'object',
    'properties': {
        'network': {
            'type': 'object',
            'properties': {
                'label': {'type': 'string', 'maxLength': 255},
                'ipam': parameter_types.boolean,
                'cidr': parameter_types.cidr,
                'cidr_v6': parameter_types.cidr,
                'vlan_start': parameter_types.positive_integer,
                'network_size': parameter_types.positive_integer,
                'num_networks': parameter_types.positive_integer,
            },
            'required': ['label'],
            'oneOf': [{'required': ['cidr']}, {'required': ['cidr_v6']}],
            'additionalProperties': False,
        },
    },
    'required': ['network'],
    'additionalProperties': False,
}
