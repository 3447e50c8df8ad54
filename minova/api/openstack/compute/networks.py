"""Networks: list, show, make, remove, give to a project and take away."""

import ipaddress

import webob.exc
from oslo_utils import strutils

from minova import exception, network
from minova.api import validation
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.schemas import networks as schema
from minova.api.openstack.compute.views import networks as view
from minova.policies import networks as policies

ALIAS = 'os-networks'
_BOOLEANS = ('multi_host', 'enable_dhcp', 'share_address')
# Taken for compatibility; it says nothing to this API.
_IGNORED = frozenset(('ipam',))


def not_found() -> webob.exc.HTTPNotFound:
    return webob.exc.HTTPNotFound(explanation='Network not found')


class NetworkController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.network_api = network.API()

    @extensions.expected_errors(())
    def index(self, req):
        req.context.can(policies.VIEW)
        networks = self.network_api.get_all(req.context)
        return {'networks': [view.network(n, req.context.is_admin) for n in networks]}

    @extensions.expected_errors(404)
    def show(self, req, id):
        req.context.can(policies.VIEW)
        try:
            found = self.network_api.get(req.context, id)
        except exception.NetworkNotFound:
            raise not_found() from None
        return {'network': view.network(found, req.context.is_admin)}

    @extensions.expected_errors((400, 409, 501))
    @validation.schema(schema.create)
    def create(self, req, body):
        req.context.can(policies.BASE)
        values = {k: v for k, v in body['network'].items() if k not in _IGNORED}
        for name in _BOOLEANS:
            if name in values:
                values[name] = strutils.bool_from_string(values[name])
        if 'mtu' in values:
            values['mtu'] = int(values['mtu']) if values['mtu'] else None
        cidr = values.get('cidr') or values.get('cidr_v6')
        size = ipaddress.ip_network(cidr, strict=False).num_addresses
        try:
            made = self.network_api.create(
                req.context, num_networks=1, network_size=size, **values)[0]
        except exception.Invalid as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None
        except exception.Conflict as e:
            raise webob.exc.HTTPConflict(explanation=e.message) from None
        return {'network': view.network(made, req.context.is_admin)}

    @wsgi.response(202)
    @extensions.expected_errors((404, 409, 501))
    def delete(self, req, id):
        req.context.can(policies.BASE)
        try:
            self.network_api.delete(req.context, id)
        except exception.NetworkInUse as e:
            raise webob.exc.HTTPConflict(explanation=e.message) from None
        except exception.NetworkNotFound:
            raise not_found() from None

    @wsgi.response(202)
    @extensions.expected_errors((400, 501))
    @validation.schema(schema.add_network_to_project)
    def add(self, req, body):
        context = req.context
        context.can(policies.BASE)
        try:
            self.network_api.add_network_to_project(context, context.project_id, body['id'])
        except (exception.NetworkNotFoundForUUID, exception.NoMoreNetworks) as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None
        except exception.NotSupported as e:
            raise webob.exc.HTTPNotImplemented(explanation=e.message) from None

    @wsgi.response(202)
    @extensions.expected_errors((404, 501))
    @wsgi.action('disassociate')
    def disassociate(self, req, id, body):
        req.context.can(policies.BASE)
        try:
            self.network_api.associate(req.context, id, host=None, project=None)
        except exception.NetworkNotFound:
            raise not_found() from None


class Networks(extensions.V21APIExtensionBase):
    """The networks that there are."""

    name = 'Networks'
    alias = ALIAS
    description = 'Admin-only Network Management Extension.'
    absorbed = (('os-extended-networks', 'ExtendedNetworks'),)

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, NetworkController(), member_actions={'action': 'POST'},
            collection_actions={'add': 'POST'})]

    def get_controller_extensions(self):
        return []
