"""OS-EXT-STS: the states behind the status; from 2.9 whether the server is locked."""

from minova.api.openstack import api_version_request, attributes, extensions
from minova.policies import extended_status as policies

ALIAS = 'os-extended-status'


class ExtendedStatusController(attributes.AttributesController):
    rule = policies.BASE

    def add(self, req, servers: list[dict]) -> None:
        with_locked = api_version_request.is_supported(req, min_version='2.9')
        for server in servers:
            instance = req.get_db_instance(server['id'])
            for column in ('task_state', 'vm_state', 'power_state'):
                server[f'OS-EXT-STS:{column}'] = instance[column]
            if with_locked:
                server['locked'] = instance['locked']


class ExtendedStatus(extensions.V21APIExtensionBase):
    """OS-EXT-STS: the states behind the status; from 2.9 whether the server is locked."""

    name = 'ExtendedStatus'
    alias = ALIAS
    description = 'Extended Status support.'
    absorbed = (('OS-EXT-STS', 'ExtendedStatus'),)

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', ExtendedStatusController())]
