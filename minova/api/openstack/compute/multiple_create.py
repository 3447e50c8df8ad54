"""Several servers by one request: min_count and max_count, and return_reservation_id."""

import webob.exc

from minova.api.openstack import common, extensions
from minova.api.openstack.compute.schemas import multiple_create as schema

ALIAS = 'os-multiple-create'


class MultipleCreate(extensions.V21APIExtensionBase):
    """Several servers by one request: min_count and max_count, and return_reservation_id."""

    name = 'MultipleCreate'
    alias = ALIAS
    description = 'Allow multiple create in the Create Server v2.1 API.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return []


class MultipleCreateHook:
    """Takes it from the request."""

    alias = ALIAS

    def server_create(self, server, create_kwargs, body):
        min_count = common.validate_integer(server.get('min_count', 1), 'min_count')
        max_count = common.validate_integer(server.get('max_count', min_count), 'max_count')
        if min_count > max_count:
            raise webob.exc.HTTPBadRequest(explanation='min_count must be <= max_count')
        create_kwargs['min_count'] = min_count
        create_kwargs['max_count'] = max_count
        # Any string asks for it, 'False' too: so it is in Nova.
        create_kwargs['return_reservation_id'] = bool(server.get('return_reservation_id', False))

    def get_server_create_schema(self):
        return schema.server_create
