_items = {
    'type': 'object',
    'patternProperties': {
        '^[a-zA-Z0-9-_:. ]{1,255}$': {'type': ['string', 'number'], 'maxLength': 255},
    },
    'additionalProperties': False,
}

create = {
    'type': 'object',
    'properties': {'extra_specs': _items},
    'required': ['extra_specs'],
    'additionalProperties': False,
}

update = {**_items, 'minProperties': 1, 'maxProperties': 1}
