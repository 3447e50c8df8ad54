"""Bodies of cloudpipes."""

from minova.api.validation import parameter_types

create = {
    'type': 'object',
    'properties': {'cloudpipe': {
        'type': 'object',
        'properties': {'project_id': parameter_types.project_id},
        'additionalProperties': False,
    }},
    'required': ['cloudpipe'],
    'additionalProperties': False,
}

update = {
    'type': 'object',
    'properties': {'configure_project': {
        'type': 'object',
        'properties': {'vpn_ip': parameter_types.ip_address,
                       'vpn_port': parameter_types.tcp_udp_port},
        'required': ['vpn_ip', 'vpn_port'],
        'additionalProperties': False,
    }},
    'required': ['configure_project'],
    'additionalProperties': False,
}
