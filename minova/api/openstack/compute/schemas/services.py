from minova.api.validation import parameter_types

_TEXT = {'type': 'string', 'minLength': 1, 'maxLength': 255}

update = {
    'type': 'object',
    'properties': {
        'host': parameter_types.hostname,
        'binary': _TEXT,
        'disabled_reason': _TEXT,
    },
    'required': ['host', 'binary'],
    'additionalProperties': False,
}

update_v211 = {
    **update, 'properties': {**update['properties'], 'forced_down': parameter_types.boolean}}
