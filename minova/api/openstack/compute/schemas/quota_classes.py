"""Bodies of the quota class requests, and the limits that classes have."""

from minova.api.openstack.compute.schemas import quota_sets

#: What a class shows. It can be given the others too.
shown = tuple(resource for resource in quota_sets.limits
              if resource not in ('server_groups', 'server_group_members'))

update = {
    'type': 'object',
    'properties': {
        'quota_class_set': {
            'type': 'object',
            'properties': quota_sets.limits,
            'additionalProperties': False,
        },
    },
    'required': ['quota_class_set'],
    'additionalProperties': False,
}
