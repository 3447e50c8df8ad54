get_console_output = {
    'type': 'object',
    'properties': {
        'os-getConsoleOutput': {
            'type': 'object',
            'properties': {
                # -1 means without the first line.
                'length': {'type': ['integer', 'string', 'null'], 'pattern': '^-?[0-9]+$',
                           'maxLength': 255, 'minimum': -1},
            },
            'additionalProperties': False,
        },
    },
    'required': ['os-getConsoleOutput'],
    'additionalProperties': False,
}
