from minova.api.validation import parameter_types

_text = {'type': 'string'}


def _wrapped(name: str, properties: dict, required: list[str]) -> dict:
    return {
        'type': 'object',
        'properties': {
            name: {
                'type': 'object',
                'properties': properties,
                'required': required,
                'additionalProperties': False,
            },
        },
        'required': [name],
        'additionalProperties': False,
    }


create = _wrapped('volume', {
    'volume_type': _text,
    'metadata': {'type': 'object'},
    'snapshot_id': _text,
    'size': {'type': ['integer', 'string'], 'pattern': '^[0-9]+$', 'maxLength': 255, 'minimum': 1},
    'availability_zone': _text,
    'display_name': _text,
    'display_description': _text,
}, ['size'])

snapshot_create = _wrapped('snapshot', {
    'volume_id': _text,
    'force': parameter_types.boolean,
    'display_name': _text,
    'display_description': _text,
}, ['volume_id'])

create_volume_attachment = _wrapped('volumeAttachment', {
    'volumeId': parameter_types.volume_id,
    'device': {
        'type': ['string', 'null'],
        'pattern': '(^/dev/x{0,1}[a-z]{0,1}d{0,1})([a-z]+)[0-9]*$',
    },
}, ['volumeId'])

update_volume_attachment = _wrapped(
    'volumeAttachment', {'volumeId': parameter_types.volume_id}, ['volumeId'])
