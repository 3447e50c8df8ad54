from minova.api.validation import parameter_types

_ZONE = {**parameter_types.availability_zone, 'type': ['string', 'null']}
# An update may write a name with blanks around it, which are taken off; a create may not.
_PADDED_NAME = {'type': 'string', 'minLength': 1, 'maxLength': 255,
                'pattern': r'^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$'}


def _body(key: str, properties: dict, **further) -> dict:
    return {
        'type': 'object',
        'properties': {
            key: {'type': 'object', 'properties': properties, 'additionalProperties': False,
                  **further},
        },
        'required': [key],
        'additionalProperties': False,
    }


create = _body('aggregate', {'name': parameter_types.name, 'availability_zone': _ZONE},
               required=['name'])

update = _body('aggregate', {'name': _PADDED_NAME, 'availability_zone': _ZONE},
               anyOf=[{'required': ['name']}, {'required': ['availability_zone']}])

add_host = _body('add_host', {'host': parameter_types.hostname}, required=['host'])

remove_host = _body('remove_host', {'host': parameter_types.hostname}, required=['host'])

set_metadata = _body('set_metadata', {'metadata': parameter_types.metadata_with_null},
                     required=['metadata'])
