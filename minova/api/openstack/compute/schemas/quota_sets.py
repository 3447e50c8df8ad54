"""Bodies of the quota requests."""

from minova.api.validation import parameter_types

#: A limit: -1 for none. What is larger does not fit into the database.
limit = {'type': ['integer', 'string'], 'pattern': '^-?[0-9]+$', 'maxLength': 255, 'minimum': -1,
         'maximum': 0x7fffffff}

limits = {resource: limit for resource in (
    'instances', 'cores', 'ram', 'floating_ips', 'fixed_ips', 'metadata_items', 'key_pairs',
    'security_groups', 'security_group_rules', 'injected_files', 'injected_file_content_bytes',
    'injected_file_path_bytes', 'server_groups', 'server_group_members')}

update = {
    'type': 'object',
    'properties': {
        'quota_set': {
            'type': 'object',
            'properties': {**limits, 'force': parameter_types.boolean},
            'additionalProperties': False,
        },
    },
    'required': ['quota_set'],
    'additionalProperties': False,
}
