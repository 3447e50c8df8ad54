"""Requests for the actions of servers, before the extensions add to them."""

from minova.api.validation import parameter_types


def _action(name: str, properties: dict, required: list[str]) -> dict:
    return {
        'type': 'object',
        'properties': {
            name: {'type': 'object', 'properties': properties, 'required': required,
                   'additionalProperties': False},
        },
        'required': [name],
        'additionalProperties': False,
    }


reboot = _action('reboot', {
    'type': {'enum': ['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft']},
}, ['type'])

base_resize = _action('resize', {'flavorRef': parameter_types.flavor_ref}, ['flavorRef'])

base_rebuild = _action('rebuild', {
    'name': parameter_types.name,
    'imageRef': parameter_types.image_ref,
    'adminPass': parameter_types.admin_password,
    'metadata': parameter_types.metadata,
}, ['imageRef'])

create_image = _action('createImage', {
    'name': parameter_types.name,
    'metadata': parameter_types.metadata,
}, ['name'])
