"""Bodies of the actions on fixed addresses, which have nothing to say."""

from minova.api.validation import parameter_types


def _action(name: str) -> dict:
    return {
        'type': 'object',
        'properties': {name: parameter_types.none},
        'required': [name],
        'additionalProperties': False,
    }


reserve = _action('reserve')
unreserve = _action('unreserve')
