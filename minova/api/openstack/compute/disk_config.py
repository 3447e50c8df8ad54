"""Whether the disk of a server, or of servers made of an image, is partitioned by itself."""

from oslo_utils import strutils

from minova.api.openstack import attributes, extensions, wsgi
from minova.api.openstack.compute.schemas import disk_config as schema
from minova.policies import disk_config as policies

ALIAS = 'OS-DCF'
API_DISK_CONFIG = 'OS-DCF:diskConfig'
INTERNAL_DISK_CONFIG = 'auto_disk_config'


def disk_config_to_api(value: bool) -> str:
    """What clients see of auto_disk_config."""
    return 'AUTO' if value else 'MANUAL'


class ImageDiskConfigController(attributes.AttributesController):
    noun = 'image'
    rule = policies.BASE

    def add(self, req, views: list[dict]) -> None:
        for view in views:
            if INTERNAL_DISK_CONFIG in view['metadata']:
                value = strutils.bool_from_string(view['metadata'][INTERNAL_DISK_CONFIG])
                view[API_DISK_CONFIG] = disk_config_to_api(value)


class ServerDiskConfigController(attributes.AttributesController):
    rule = policies.BASE

    def add(self, req, servers: list[dict]) -> None:
        for server in servers:
            server[API_DISK_CONFIG] = disk_config_to_api(
                req.get_db_instance(server['id'])[INTERNAL_DISK_CONFIG])

    @wsgi.extends
    def create(self, req, resp_obj, body):
        if 'server' in resp_obj.obj:        # and not only a reservation id
            self.extend(req, [resp_obj.obj['server']])

    @wsgi.extends
    def update(self, req, resp_obj, id, body):
        self.extend(req, [resp_obj.obj['server']])

    @wsgi.extends(action='rebuild')
    def rebuild(self, req, resp_obj, id, body):
        self.extend(req, [resp_obj.obj['server']])


class DiskConfig(extensions.V21APIExtensionBase):
    """The attribute OS-DCF:diskConfig."""

    name = 'DiskConfig'
    alias = ALIAS
    description = 'Disk Management Extension.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'images', ImageDiskConfigController()),
                extensions.ControllerExtension(self, 'servers', ServerDiskConfigController())]


class DiskConfigHook:
    """Takes it from requests to create, rebuild, resize and update a server."""

    alias = ALIAS

    def _take(self, request: dict, kwargs: dict) -> None:
        if API_DISK_CONFIG in request:
            kwargs[INTERNAL_DISK_CONFIG] = request[API_DISK_CONFIG] == 'AUTO'

    def server_create(self, server, create_kwargs, body):
        self._take(server, create_kwargs)

    def server_rebuild(self, rebuild, rebuild_kwargs):
        self._take(rebuild, rebuild_kwargs)

    def server_resize(self, resize, resize_kwargs):
        self._take(resize, resize_kwargs)

    def server_update(self, server, update_kwargs):
        self._take(server, update_kwargs)

    def get_server_create_schema(self):
        return schema.server_create

    get_server_rebuild_schema = get_server_resize_schema = get_server_create_schema
    get_server_update_schema = get_server_create_schema
