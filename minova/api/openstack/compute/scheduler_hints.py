"""os:scheduler_hints: where a server wants to be, or not to be."""

from minova.api.openstack import extensions
from minova.api.openstack.compute.schemas import scheduler_hints as schema

ALIAS = 'OS-SCH-HNT'


class SchedulerHints(extensions.V21APIExtensionBase):
    """os:scheduler_hints: where a server wants to be, or not to be."""

    name = 'SchedulerHints'
    alias = ALIAS
    description = 'Pass arbitrary key/value pairs to the scheduler.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return []


class SchedulerHintsHook:
    """Takes it from the request, where it stands beside the server, not in it."""

    alias = ALIAS
    beside_server = True

    def server_create(self, server, create_kwargs, body):
        for name in ('os:scheduler_hints', 'OS-SCH-HNT:scheduler_hints'):
            if name in body:
                create_kwargs['scheduler_hints'] = body[name]
                return

    def get_server_create_schema(self):
        return schema.server_create
