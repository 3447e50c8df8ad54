"""What the bodies of requests may look like."""

TEXT = {'type': 'string', 'minLength': 1, 'maxLength': 255}


def _body(name: str, properties: dict, required: list[str]) -> dict:
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


create = _body('note', {'text': TEXT, 'server_id': {'type': 'string', 'format': 'uuid'}}, ['text'])
update = _body('note', {'text': TEXT}, ['text'])
add_note = _body('addNote', {'text': TEXT}, ['text'])
#: A field of the request that creates a server.
server_create = {'notes:text': TEXT}
