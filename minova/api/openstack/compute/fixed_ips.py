"""Fixed addresses: who has one, and keeping one from servers."""

import webob.exc

from minova import exception, network
from minova.api import validation
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.api_version_request import APIVersionRequest
from minova.api.openstack.compute.schemas import fixed_ips as schema
from minova.policies import fixed_ips as policies

ALIAS = 'os-fixed-ips'
_SHOWS_RESERVED = APIVersionRequest('2.4')


class FixedIPController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.network_api = network.API()

    @extensions.expected_errors((400, 404))
    def show(self, req, id):
        req.context.can(policies.BASE)
        try:
            fixed_ip = self.network_api.get_fixed_ip(req.context, id)
        except exception.FixedIpNotFoundForAddress as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None
        except exception.FixedIpInvalid as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None
        if req.api_version_request < _SHOWS_RESERVED:
            del fixed_ip['reserved']
        return {'fixed_ip': fixed_ip}

    @wsgi.response(202)
    @extensions.expected_errors((400, 404, 501))
    @wsgi.action('reserve')
    @validation.schema(schema.reserve)
    def reserve(self, req, id, body):
        self._set_reserved(req, id, True)

    @wsgi.response(202)
    @extensions.expected_errors((400, 404, 501))
    @wsgi.action('unreserve')
    @validation.schema(schema.unreserve)
    def unreserve(self, req, id, body):
        self._set_reserved(req, id, False)

    def _set_reserved(self, req, address: str, reserved: bool) -> None:
        req.context.can(policies.BASE)
        try:
            self.network_api.reserve_fixed_ip(req.context, address, reserved)
        except exception.FixedIpNotFoundForAddress:
            raise webob.exc.HTTPNotFound(explanation=f'Fixed IP {address} not found') from None
        except exception.FixedIpInvalid:
            raise webob.exc.HTTPBadRequest(explanation=f'Fixed IP {address} not valid') from None


class FixedIps(extensions.V21APIExtensionBase):
    """Fixed addresses."""

    name = 'FixedIPs'
    alias = ALIAS
    description = 'Fixed IPs support.'

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, FixedIPController(), member_actions={'action': 'POST'})]

    def get_controller_extensions(self):
        return []
