"""accessIPv4 and accessIPv6: the addresses by which a server is to be reached, as its user says."""

import ipaddress

from minova.api.openstack import attributes, extensions, wsgi
from minova.api.openstack.compute.schemas import access_ips as schema
from minova.policies import access_ips as policies

ALIAS = 'os-access-ips'
_ATTRIBUTES = (('accessIPv4', 'access_ip_v4'), ('accessIPv6', 'access_ip_v6'))


def _shortest(address: str) -> str | None:
    """The address as it is kept and shown, however it was written."""
    return str(ipaddress.ip_address(address)) if address else None


class AccessIPsController(attributes.AttributesController):
    rule = policies.BASE

    def add(self, req, servers: list[dict]) -> None:
        for server in servers:
            instance = req.get_db_instance(server['id'])
            for attribute, column in _ATTRIBUTES:
                server[attribute] = instance[column] or ''

    @wsgi.extends
    def update(self, req, resp_obj, id, body):
        self.extend(req, [resp_obj.obj['server']])

    @wsgi.extends(action='rebuild')
    def rebuild(self, req, resp_obj, id, body):
        self.extend(req, [resp_obj.obj['server']])


class AccessIPs(extensions.V21APIExtensionBase):
    """The attributes accessIPv4 and accessIPv6."""

    name = 'AccessIPs'
    alias = ALIAS
    description = 'Access IPs support.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', AccessIPsController())]


class AccessIPsHook:
    """Takes both from requests to create, update and rebuild a server."""

    alias = ALIAS

    def server_create(self, server, create_kwargs, body):
        for attribute, column in _ATTRIBUTES:
            if attribute in server:
                create_kwargs[column] = _shortest(server[attribute])

    def server_update(self, server, update_kwargs):
        self.server_create(server, update_kwargs, None)

    def server_rebuild(self, rebuild, rebuild_kwargs):
        self.server_create(rebuild, rebuild_kwargs, None)

    def get_server_create_schema(self):
        return schema.server_create

    get_server_update_schema = get_server_rebuild_schema = get_server_create_schema
