"""Gives networks a host, and takes hosts and projects from them."""

from minova import exception, network
from minova.api import validation
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.networks import not_found
from minova.api.openstack.compute.schemas import networks_associate as schema
from minova.policies import networks_associate as policies

ALIAS = 'os-networks-associate'


class NetworkAssociateActionController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.network_api = network.API()

    @wsgi.response(202)
    @extensions.expected_errors((404, 501))
    @wsgi.action('disassociate_host')
    def disassociate_host(self, req, id, body):
        self._associate(req, id, host=None)

    @wsgi.response(202)
    @extensions.expected_errors((404, 501))
    @wsgi.action('disassociate_project')
    def disassociate_project(self, req, id, body):
        self._associate(req, id, project=None)

    @wsgi.response(202)
    @extensions.expected_errors((404, 501))
    @wsgi.action('associate_host')
    @validation.schema(schema.associate_host)
    def associate_host(self, req, id, body):
        self._associate(req, id, host=body['associate_host'])

    def _associate(self, req, id, **to) -> None:
        req.context.can(policies.BASE)
        try:
            self.network_api.associate(req.context, id, **to)
        except exception.NetworkNotFound:
            raise not_found() from None


class NetworksAssociate(extensions.V21APIExtensionBase):
    """The hosts and projects of networks."""

    name = 'NetworkAssociationSupport'
    alias = ALIAS
    description = 'Network association support.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(
            self, 'os-networks', NetworkAssociateActionController())]
