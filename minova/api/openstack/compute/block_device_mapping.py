"""block_device_mapping_v2: the disks that a server is made with."""

import webob.exc

from minova.api.openstack import extensions
from minova.api.openstack.compute.schemas import block_device_mapping as schema

ALIAS = 'os-block-device-mapping'
ATTRIBUTE = 'block_device_mapping_v2'
LEGACY_ATTRIBUTE = 'block_device_mapping'


class BlockDeviceMapping(extensions.V21APIExtensionBase):
    """Both forms of block device mappings in the request to create a server."""

    name = 'BlockDeviceMapping'
    alias = ALIAS
    description = 'Block device mapping boot support.'
    absorbed = (('os-block-device-mapping-v2-boot', 'BlockDeviceMappingV2Boot'),)

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return []


class BlockDeviceMappingHook:
    """Takes either form from the request."""

    alias = ALIAS

    def server_create(self, server, create_kwargs, body):
        devices = server.get(ATTRIBUTE) or []
        legacy_devices = server.get(LEGACY_ATTRIBUTE) or []
        if devices and legacy_devices:
            raise webob.exc.HTTPBadRequest(
                explanation='Using different block_device_mapping syntaxes is not allowed in the '
                            'same request.')
        if devices or legacy_devices:
            create_kwargs['block_device_mapping'] = devices or legacy_devices
            create_kwargs['legacy_bdm'] = not devices

    def get_server_create_schema(self):
        return schema.server_create
