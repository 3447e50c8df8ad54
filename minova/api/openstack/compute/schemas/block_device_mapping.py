"""Block devices of a new server, in the form of v2 and in the older one."""

from minova.api.validation import parameter_types

_legacy_properties = {
    'virtual_name': {'type': 'string', 'maxLength': 255},
    'volume_id': parameter_types.volume_id,
    'snapshot_id': parameter_types.volume_id,
    'volume_size': parameter_types.non_negative_integer,
    'device_name': {'type': 'string', 'minLength': 1, 'maxLength': 255,
                    'pattern': '^[a-zA-Z0-9._-r/]*$'},
    'delete_on_termination': parameter_types.boolean,
    'no_device': {},
    'connection_info': {'type': 'string', 'maxLength': 16777215},
}

_properties = {
    **_legacy_properties,
    'source_type': {'type': 'string', 'enum': ['volume', 'image', 'snapshot', 'blank']},
    'uuid': {'type': 'string', 'minLength': 1, 'maxLength': 255, 'pattern': '^[a-zA-Z0-9._-]*$'},
    'image_id': parameter_types.image_id,
    'destination_type': {'type': 'string', 'enum': ['local', 'volume']},
    'guest_format': {'type': 'string', 'maxLength': 255},
    'device_type': {'type': 'string', 'maxLength': 255},
    'disk_bus': {'type': 'string', 'maxLength': 255},
    'boot_index': {'type': ['integer', 'string'], 'pattern': '^-?[0-9]+$', 'maxLength': 255},
}


def _devices(properties: dict) -> dict:
    return {'type': 'array', 'items': {
        'type': 'object', 'properties': properties, 'additionalProperties': False}}


server_create = {
    'block_device_mapping': _devices(_legacy_properties),
    'block_device_mapping_v2': _devices(_properties),
}
