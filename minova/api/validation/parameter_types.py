"""Parameter types that several schemas share, with Nova's limits."""

import copy

#: A name: any printable characters, no white space at either end. validators.py knows it by this text.
NAME_PATTERN = '^(?![[:space:]])[[:print:]]*(?<![[:space:]])$'


boolean = {
    'type': ['boolean', 'string'],
    'enum': [True, 'True', 'TRUE', 'true', '1', 'ON', 'On', 'on', 'YES', 'Yes', 'yes',
             False, 'False', 'FALSE', 'false', '0', 'OFF', 'Off', 'off', 'NO', 'No', 'no'],
}

none = {'enum': ['None', None, {}]}

#: Numbers may come as text, which is short enough for int() to take it. That it may be empty is Nova's;
#: who takes the number says then that this is none.
_digits = {'type': ['integer', 'string'], 'pattern': '^[0-9]*$', 'maxLength': 255}

positive_integer = {**_digits, 'minimum': 1}

non_negative_integer = {**_digits, 'minimum': 0}

hostname = {'type': 'string', 'minLength': 1, 'maxLength': 255, 'pattern': '^[a-zA-Z0-9-._]*$'}

hostname_or_ip_address = {'type': 'string', 'minLength': 1, 'maxLength': 255,
                          'pattern': '^[a-zA-Z0-9-_.:]*$'}

name = {'type': 'string', 'minLength': 1, 'maxLength': 255, 'pattern': NAME_PATTERN}

availability_zone = {'type': 'string', 'minLength': 1, 'maxLength': 255, 'pattern': NAME_PATTERN}

tcp_udp_port = {**_digits, 'minimum': 0, 'maximum': 65535}

project_id = {'type': 'string', 'minLength': 1, 'maxLength': 255, 'pattern': '^[a-zA-Z0-9-]*$'}

server_id = {'type': 'string', 'format': 'uuid'}

image_id = {'type': 'string', 'format': 'uuid'}

volume_id = {'type': 'string', 'format': 'uuid'}

network_id = {'type': 'string', 'format': 'uuid'}

network_port_id = {'type': 'string', 'format': 'uuid'}

admin_password = {'type': 'string'}

image_ref = {'type': 'string'}

flavor_ref = {'type': ['string', 'integer'], 'minLength': 1}

disk_config = {'type': 'string', 'enum': ['AUTO', 'MANUAL']}

ipv4 = {'type': 'string', 'format': 'ipv4'}

ipv6 = {'type': 'string', 'format': 'ipv6'}

ip_address = {'type': 'string', 'oneOf': [{'format': 'ipv4'}, {'format': 'ipv6'}]}

cidr = {'type': 'string', 'format': 'cidr'}

access_ip_v4 = {'type': 'string', 'format': 'ipv4'}

access_ip_v6 = {'type': 'string', 'format': 'ipv6'}

metadata = {
    'type': 'object',
    'patternProperties': {'^[a-zA-Z0-9-_:. ]{1,255}$': {'type': 'string', 'maxLength': 255}},
    'additionalProperties': False,
}

metadata_with_null = copy.deepcopy(metadata)
metadata_with_null['patternProperties']['^[a-zA-Z0-9-_:. ]{1,255}$']['type'] = ['string', 'null']
