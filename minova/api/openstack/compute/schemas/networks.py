"""Networks."""

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
                'project_id': parameter_types.project_id,
                'multi_host': parameter_types.boolean,
                'gateway': parameter_types.ipv4,
                'gateway_v6': parameter_types.ipv6,
                'bridge': {'type': 'string'},
                'bridge_interface': {'type': 'string'},
                'dns1': parameter_types.ipv4,
                'dns2': parameter_types.ipv4,
                'dhcp_server': parameter_types.ipv4,
                'fixed_cidr': parameter_types.cidr,
                'allowed_start': parameter_types.ip_address,
                'allowed_end': parameter_types.ip_address,
                'enable_dhcp': parameter_types.boolean,
                'share_address': parameter_types.boolean,
                'mtu': parameter_types.positive_integer,
                'vlan': parameter_types.positive_integer,
                'vlan_start': parameter_types.positive_integer,
                'vpn_start': {'type': 'string'},
            },
            'required': ['label'],
            'oneOf': [{'required': ['cidr']}, {'required': ['cidr_v6']}],
            'additionalProperties': False,
        },
    },
    'required': ['network'],
    'additionalProperties': False,
}

add_network_to_project = {
    'type': 'object',
    'properties': {'id': {'type': ['string', 'null']}},
    'required': ['id'],
    'additionalProperties': False,
}
