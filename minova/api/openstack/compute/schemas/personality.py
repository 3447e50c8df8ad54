"""Files."""

server_create = {
    'personality': {
        'type': 'array',
        'items': {
            'type': 'object',
            'properties': {
                'path': {'type': 'string'},
                'contents': {'type': 'string', 'format': 'base64'},
            },
            'additionalProperties': False,
        },
    },
}
