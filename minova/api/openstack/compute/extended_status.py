"""OS-EXT-STS: the states behind the status."""

from minova.api.openstack import attributes, extensions
from minova.policies import extended_status as policies

ALIAS = 'os-extended-status'


class ExtendedStatusController(attributes.AttributesController):
    rule = policies.BASE

    def add(self, req, servers: list[dict]) -> None:
        for server in servers:
            instance = req.get_db_instance(server['id'])
            for column in ('task_state', 'vm_state', 'power_state'):
                server[f'OS-EXT-STS:{column}'] = instance[column]


class ExtendedStatus(extensions.V21APIExtensionBase):
    """OS-EXT-STS: the states behind the status."""

    name = 'ExtendedStatus'
    alias = ALIAS
    description = 'Extended Status support.'
    absorbed = (('OS-EXT-STS', 'ExtendedStatus'),)

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', ExtendedStatusController())]
