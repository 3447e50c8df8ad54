"""OS-SRV-USG: when a server began and ended."""

from minova.api.openstack import attributes, extensions
from minova.policies import server_usage as policies

ALIAS = 'OS-SRV-USG'


class ServerUsageController(attributes.AttributesController):
    rule = policies.BASE

    def add(self, req, servers: list[dict]) -> None:
        for server in servers:
            instance = req.get_db_instance(server['id'])
            for column in ('launched_at', 'terminated_at'):
                time = instance[column]
                server[f'{ALIAS}:{column}'] = time and time.isoformat('T', 'microseconds')


class ServerUsage(extensions.V21APIExtensionBase):
    """OS-SRV-USG: when a server began and ended."""

    name = 'ServerUsage'
    alias = ALIAS
    description = 'Adds launched_at and terminated_at on Servers.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', ServerUsageController())]
