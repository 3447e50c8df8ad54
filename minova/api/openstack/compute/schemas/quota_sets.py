"""Bodies of the quota requests."""

from minova.api.openstack.compute.schemas import quota_classes
from minova.api.validation import parameter_types

limits = {**quota_classes.limits, 'server_groups': quota_classes.limit,
          'server_group_members': quota_classes.limit}

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
