"""OS-EXT-SRV-ATTR: where a server is, and from 2.3 how it was made; for administrators."""

from minova.api.openstack import api_version_request, attributes, extensions
from minova.conf import CONF
from minova.policies import extended_server_attributes as policies

ALIAS = 'OS-EXT-SRV-ATTR'
_SINCE_2_3 = ('reservation_id', 'launch_index', 'hostname', 'kernel_id', 'ramdisk_id',
              'root_device_name', 'user_data')


def instance_name(template: str, instance: dict) -> str:
    """What the hypervisor calls the server; [DEFAULT]instance_name_template may name any column."""
    try:
        return template % instance['id']
    except TypeError:
        return template % instance


class ExtendedServerAttributesController(attributes.AttributesController):
    rule = policies.BASE

    def add(self, req, servers: list[dict]) -> None:
        columns = _SINCE_2_3 if api_version_request.is_supported(req, min_version='2.3') else ()
        template = CONF.instance_name_template
        for server in servers:
            instance = req.get_db_instance(server['id'])
            server[f'{ALIAS}:host'] = instance['host']
            server[f'{ALIAS}:hypervisor_hostname'] = instance['node']
            server[f'{ALIAS}:instance_name'] = instance_name(template, instance)
            for column in columns:
                server[f'{ALIAS}:{column}'] = instance[column]


class ExtendedServerAttributes(extensions.V21APIExtensionBase):
    """OS-EXT-SRV-ATTR: where a server is, and from 2.3 how it was made; for administrators."""

    name = 'ExtendedServerAttributes'
    alias = ALIAS
    description = 'Extended Server Attributes support.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', ExtendedServerAttributesController())]
