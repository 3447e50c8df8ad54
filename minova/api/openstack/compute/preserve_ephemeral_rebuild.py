"""preserve_ephemeral: whether a rebuild leaves the second disk as it is."""

from oslo_utils import strutils

from minova.api.openstack import extensions
from minova.api.openstack.compute.schemas import preserve_ephemeral_rebuild as schema

ALIAS = 'os-preserve-ephemeral-rebuild'


class PreserveEphemeralRebuild(extensions.V21APIExtensionBase):
    """preserve_ephemeral in rebuild."""

    name = 'PreserveEphemeralOnRebuild'
    alias = ALIAS
    description = 'Allow preservation of the ephemeral partition on rebuild.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return []


class PreserveEphemeralRebuildHook:
    """Takes it from the request."""

    alias = ALIAS

    def server_rebuild(self, rebuild, rebuild_kwargs):
        if 'preserve_ephemeral' in rebuild:
            rebuild_kwargs['preserve_ephemeral'] = strutils.bool_from_string(
                rebuild['preserve_ephemeral'], strict=True)

    def get_server_rebuild_schema(self):
        return schema.server_rebuild
