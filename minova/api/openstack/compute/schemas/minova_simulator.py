change = {
    'type': 'object',
    'properties': {
        'simulator': {
            'type': 'object',
            'properties': {
                # What they mean, and which there are, the simulation checks itself.
                'transitions': {
                    'type': 'object', 'additionalProperties': {'type': ['number', 'string']}},
                'failures': {'type': 'object', 'additionalProperties': {'type': 'object'}},
                'hosts': {'type': 'object', 'additionalProperties': {'enum': ['up', 'down']}},
                'clock': {
                    'type': 'object',
                    'properties': {'advance': {'type': 'number', 'minimum': 0},
                                   'frozen': {'type': 'boolean'}},
                    'additionalProperties': False,
                },
            },
            'additionalProperties': False,
        },
    },
    'required': ['simulator'],
    'additionalProperties': False,
}
