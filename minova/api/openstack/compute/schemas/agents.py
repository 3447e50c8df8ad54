"""Bodies of agent builds."""

_word = {'type': 'string', 'minLength': 0, 'maxLength': 255, 'pattern': '^[a-zA-Z0-9-._ ]*$'}

_build = {
    'version': _word,
    'url': {'type': 'string', 'minLength': 0, 'maxLength': 255, 'format': 'uri'},
    'md5hash': {'type': 'string', 'minLength': 0, 'maxLength': 255, 'pattern': '^[a-fA-F0-9]*$'},
}

create = {
    'type': 'object',
    'properties': {'agent': {
        'type': 'object',
        'properties': {'hypervisor': _word, 'os': _word, 'architecture': _word, **_build},
        'required': ['hypervisor', 'os', 'architecture', 'version', 'url', 'md5hash'],
        'additionalProperties': False,
    }},
    'required': ['agent'],
    'additionalProperties': False,
}

update = {
    'type': 'object',
    'properties': {'para': {
        'type': 'object',
        'properties': _build,
        'required': ['version', 'url', 'md5hash'],
        'additionalProperties': False,
    }},
    'required': ['para'],
    'additionalProperties': False,
}
