"""The addresses of a server."""

import webob.exc

from minova import compute
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.views import addresses as view
from minova.policies import ips as policies

ALIAS = 'ips'


class IPsController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.compute_api = compute.API()

    @extensions.expected_errors(404)
    def index(self, req, server_id):
        req.context.can(policies.INDEX)
        return {'addresses': self._get_addresses(req, server_id)}

    @extensions.expected_errors(404)
    def show(self, req, server_id, id):
        req.context.can(policies.SHOW)
        addresses = self._get_addresses(req, server_id)
        if id not in addresses:
            raise webob.exc.HTTPNotFound(
                explanation='Instance is not a member of specified network')
        return {id: addresses[id]}

    def _get_addresses(self, req, server_id: str) -> dict[str, list[dict]]:
        instance = common.get_instance(self.compute_api, req.context, server_id)
        return view.addresses(instance['network_info'])


class IPs(extensions.V21APIExtensionBase):
    """The addresses of a server."""

    name = 'Ips'
    alias = ALIAS
    listed = False

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, IPsController(), member_name='ip',
            parent={'member_name': 'server', 'collection_name': 'servers'})]

    def get_controller_extensions(self):
        return []
