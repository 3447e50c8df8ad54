"""The networks of a project, as its members see and make them."""

import ipaddress
import logging

import webob.exc

from minova import exception, network
from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.networks import not_found
from minova.api.openstack.compute.schemas import tenant_networks as schema
from minova.policies import tenant_networks as policies

LOG = logging.getLogger(__name__)

ALIAS = 'os-tenant-networks'
_NUMBERS = ('vlan_start', 'network_size', 'num_networks')


class TenantNetworkController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.network_api = network.API()

    @extensions.expected_errors(())
    def index(self, req):
        req.context.can(policies.BASE)
        return {'networks': [_view(n) for n in self.network_api.get_all(req.context)]}

    @extensions.expected_errors(404)
    def show(self, req, id):
        req.context.can(policies.BASE)
        try:
            return {'network': _view(self.network_api.get(req.context, id))}
        except exception.NetworkNotFound:
            raise not_found() from None

    @wsgi.response(202)
    @extensions.expected_errors((403, 404, 409, 501))
    def delete(self, req, id):
        req.context.can(policies.BASE)
        try:
            self.network_api.delete(req.context, id)
        except exception.NetworkInUse as e:
            raise webob.exc.HTTPConflict(explanation=e.message) from None
        except exception.NetworkNotFound:
            raise not_found() from None

    @extensions.expected_errors((400, 403, 501, 503))
    @validation.schema(schema.create)
    def create(self, req, body):
        context, values = req.context, body['network']
        context.can(policies.BASE)
        cidr = values.get('cidr')
        if cidr and ipaddress.ip_network(cidr, strict=False).num_addresses < 4:
            raise webob.exc.HTTPBadRequest(
                explanation='Requested network does not contain enough (2+) usable hosts')
        try:
            numbers = {name: common.validate_integer(values[name], name)
                       for name in _NUMBERS if name in values}
            made = self.network_api.create(
                context, label=values['label'], cidr=cidr, cidr_v6=values.get('cidr_v6'),
                **numbers)
        except (exception.Invalid, exception.Conflict) as e:
            LOG.info('Networks in %s were not made: %s', cidr, e)
            raise webob.exc.HTTPServiceUnavailable(explanation='Create networks failed') from None
        return {'network': _view(made[0])}


def _view(found: dict) -> dict:
    return {'id': found['uuid'], 'cidr': str(found['cidr']), 'label': found['label']}


class TenantNetworks(extensions.V21APIExtensionBase):
    """The networks of a project."""

    name = 'OSTenantNetworks'
    alias = ALIAS
    description = 'Tenant-based Network Management Extension.'

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, TenantNetworkController())]

    def get_controller_extensions(self):
        return []
