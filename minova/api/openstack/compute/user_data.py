"""user_data: what the server finds in its metadata."""

from minova.api.openstack import extensions
from minova.api.openstack.compute.schemas import user_data as schema

ALIAS = 'os-user-data'


class UserData(extensions.V21APIExtensionBase):
    """user_data: what the server finds in its metadata."""

    name = 'UserData'
    alias = ALIAS
    description = 'Add user_data to the Create Server API.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return []


class UserDataHook:
    """Takes it from the request."""

    alias = ALIAS

    def server_create(self, server, create_kwargs, body):
        create_kwargs['user_data'] = server.get('user_data')

    def get_server_create_schema(self):
        return schema.server_create
