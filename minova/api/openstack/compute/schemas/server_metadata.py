"""Bodies of the metadata of servers."""

from minova.api.validation import parameter_types

create = {
    'type': 'object',
    'properties': {'metadata': parameter_types.metadata},
    'required': ['metadata'],
    'additionalProperties': False,
}

update_all = create

update = {
    'type': 'object',
    'properties': {'meta': {**parameter_types.metadata, 'minProperties': 1, 'maxProperties': 1}},
    'required': ['meta'],
    'additionalProperties': False,
}
