"""What clients may send. A message about it names the place, and repeats no value: that may be a secret."""

import jsonschema

from minova import exception

# No database can keep a NUL, or look for one.
_TEXT = {'type': 'string', 'maxLength': 255, 'pattern': '^[^\\0]*$'}
_SECRET = {'type': 'string', 'maxLength': 4096}
_DOMAIN = {'type': 'object', 'properties': {'id': _TEXT, 'name': _TEXT}, 'minProperties': 1}
_USER = {'type': 'object', 'properties': {'id': _TEXT, 'name': _TEXT, 'domain': _DOMAIN},
         'anyOf': [{'required': ['id']}, {'required': ['name', 'domain']}]}
_PROJECT = {'type': 'object', 'properties': {'id': _TEXT, 'name': _TEXT, 'domain': _DOMAIN},
            'anyOf': [{'required': ['id']}, {'required': ['name', 'domain']}]}

_IDENTITY = {
    'type': 'object',
    'properties': {
        'methods': {'type': 'array', 'items': _TEXT, 'minItems': 1, 'maxItems': 16},
        'password': {
            'type': 'object',
            'properties': {'user': {
                **_USER, 'properties': {**_USER['properties'], 'password': _SECRET},
                'required': ['password']}},
            'required': ['user']},
        'token': {'type': 'object', 'properties': {'id': {'type': 'string'}}, 'required': ['id']},
        'application_credential': {
            'type': 'object',
            'properties': {'id': _TEXT, 'name': _TEXT, 'secret': _SECRET, 'user': _USER},
            'required': ['secret'],
            'anyOf': [{'required': ['id']}, {'required': ['name', 'user']}]},
    },
    'required': ['methods'],
}

_SCOPE = {
    'anyOf': [
        {'enum': ['unscoped']},
        {'type': 'object',
         'properties': {
             'project': _PROJECT,
             'domain': _DOMAIN,
             'system': {'type': 'object', 'properties': {'all': {'enum': [True]}}, 'required': ['all']},
             'unscoped': {'type': 'object'}},
         'additionalProperties': False, 'minProperties': 1, 'maxProperties': 1}],
}

AUTHENTICATION = {
    'type': 'object',
    'properties': {'auth': {
        'type': 'object', 'properties': {'identity': _IDENTITY, 'scope': _SCOPE}, 'required': ['identity']}},
    'required': ['auth'],
}

APPLICATION_CREDENTIAL = {
    'type': 'object',
    'properties': {'application_credential': {
        'type': 'object',
        'properties': {
            'name': {**_TEXT, 'minLength': 1},
            'description': {**_TEXT, 'type': ['string', 'null'], 'maxLength': 65535},
            'secret': {'type': ['string', 'null'], 'minLength': 1, 'maxLength': 255},
            'project_id': _TEXT,
            'roles': {'type': 'array', 'items': {
                'type': 'object', 'properties': {'id': _TEXT, 'name': _TEXT}, 'minProperties': 1}},
            'expires_at': {'type': ['string', 'null'], 'maxLength': 64},
            'unrestricted': {'type': ['boolean', 'null']},
            # A credential that is narrower than what is kept of it would be one that may do too much.
            'access_rules': {'type': ['array', 'null'], 'maxItems': 0},
        },
        'required': ['name']}},
    'required': ['application_credential'],
}


def check(body, schema: dict) -> None:
    """Raises Invalid unless `body` is as `schema` says."""
    error = next(jsonschema.Draft4Validator(schema).iter_errors(body), None)
    if error is None:
        return
    if error.validator == 'required':
        what = error.message        # the name of what is missing
    elif error.validator == 'type':
        what = f'it is not of type {error.validator_value!r}'
    else:
        what = f'it does not fulfil {error.validator!r}'
    raise exception.Invalid(f"Invalid input for field '{'/'.join(map(str, error.path))}': {what}")
