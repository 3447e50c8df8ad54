"""The hosts of networks."""

from minova.api.validation import parameter_types

associate_host = {
    'type': 'object',
    'properties': {'associate_host': parameter_types.hostname},
    'required': ['associate_host'],
    'additionalProperties': False,
}
