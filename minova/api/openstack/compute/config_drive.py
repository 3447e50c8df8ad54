"""config_drive: a disk from which the server reads its metadata."""

from minova.api.openstack import attributes, extensions
from minova.api.openstack.compute.schemas import config_drive as schema
from minova.policies import config_drive as policies

ALIAS = 'os-config-drive'


class ConfigDriveController(attributes.AttributesController):
    rule = policies.BASE

    def add(self, req, servers: list[dict]) -> None:
        for server in servers:
            server['config_drive'] = req.get_db_instance(server['id'])['config_drive'] or ''


class ConfigDrive(extensions.V21APIExtensionBase):
    """config_drive: a disk from which the server reads its metadata."""

    name = 'ConfigDrive'
    alias = ALIAS
    description = 'Config Drive Extension.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', ConfigDriveController())]


class ConfigDriveHook:
    """Takes it from the request."""

    alias = ALIAS

    def server_create(self, server, create_kwargs, body):
        create_kwargs['config_drive'] = server.get('config_drive')

    def get_server_create_schema(self):
        return schema.server_create
