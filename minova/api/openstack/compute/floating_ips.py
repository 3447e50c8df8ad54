"""Floating addresses: a project gets them, and gives them to its servers."""

import webob.exc

from minova import compute, exception, network
from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.schemas import floating_ips as schema
from minova.policies import floating_ips as policies

ALIAS = 'os-floating-ips'


def _view(floating_ip: dict) -> dict:
    return {
        'id': floating_ip['id'],
        'ip': floating_ip['address'],
        'pool': floating_ip['pool'],
        'fixed_ip': floating_ip['fixed_address'],
        'instance_id': floating_ip['instance_uuid'],
    }


class FloatingIPController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.network_api = network.API()

    @extensions.expected_errors(())
    def index(self, req):
        req.context.can(policies.BASE)
        floating_ips = self.network_api.get_floating_ips_by_project(req.context)
        return {'floating_ips': [_view(floating_ip) for floating_ip in floating_ips]}

    @extensions.expected_errors((400, 404))
    def show(self, req, id):
        req.context.can(policies.BASE)
        return {'floating_ip': _view(self._get(req, id))}

    @extensions.expected_errors((400, 403, 404))
    def create(self, req, body=None):
        req.context.can(policies.BASE)
        pool = body.get('pool') if isinstance(body, dict) else None
        in_pool = f' in pool {pool}.' if pool else None
        try:
            floating_ip = self.network_api.allocate_floating_ip(
                req.context, None if pool is None else str(pool))
        except exception.NoMoreFloatingIps:
            raise webob.exc.HTTPNotFound(
                explanation='No more floating ips' + (in_pool or ' available.')) from None
        except exception.FloatingIpLimitExceeded:
            raise webob.exc.HTTPForbidden(
                explanation='IP allocation over quota' + (in_pool or '.')) from None
        except exception.FloatingIpPoolNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None
        return {'floating_ip': _view(floating_ip)}

    @wsgi.response(202)
    @extensions.expected_errors((400, 403, 404, 409))
    def delete(self, req, id):
        req.context.can(policies.BASE)
        try:
            self.network_api.release_floating_ip(req.context, self._get(req, id))
        except exception.CannotDisassociateAutoAssignedFloatingIP as e:
            raise webob.exc.HTTPForbidden(explanation=e.message) from None

    def _get(self, req, id: str) -> dict:
        try:
            return self.network_api.get_floating_ip(req.context, id)
        except exception.InvalidID as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None
        except exception.FloatingIpNotFound:
            raise webob.exc.HTTPNotFound(
                explanation=f'Floating ip not found for id {id}') from None


class FloatingIPActionController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.compute_api = compute.API()
        self.network_api = network.API()

    @extensions.expected_errors((400, 403, 404))
    @wsgi.action('addFloatingIp')
    @validation.schema(schema.add_floating_ip)
    def add(self, req, id, body):
        context = req.context
        context.can(policies.BASE)
        instance = common.get_instance(self.compute_api, context, id)
        fixed_address = _fixed_address(
            instance['network_info'], body['addFloatingIp'].get('fixed_address'))
        try:
            self.network_api.associate_floating_ip(
                context, instance, body['addFloatingIp']['address'], fixed_address)
        except exception.FloatingIpNotFoundForAddress:
            raise webob.exc.HTTPNotFound(explanation='floating ip not found') from None
        except exception.FixedIpNotFoundForAddress as e:
            address = body['addFloatingIp']['address']
            raise webob.exc.HTTPBadRequest(
                explanation=f'Unable to associate floating ip {address} to fixed ip '
                            f'{fixed_address} for instance {id}. Error: {e.message}') from None
        except exception.Forbidden as e:
            raise webob.exc.HTTPForbidden(explanation=e.message) from None
        return common.accepted(req)

    @extensions.expected_errors((400, 403, 404, 409))
    @wsgi.action('removeFloatingIp')
    @validation.schema(schema.remove_floating_ip)
    def remove(self, req, id, body):
        context, address = req.context, body['removeFloatingIp']['address']
        context.can(policies.BASE)
        try:
            floating_ip = self.network_api.get_floating_ip_by_address(context, address)
        except exception.FloatingIpNotFoundForAddress:
            raise webob.exc.HTTPNotFound(explanation='floating ip not found') from None
        if floating_ip['instance_uuid'] is None or floating_ip['instance_uuid'] != id:
            raise webob.exc.HTTPConflict(
                explanation=f'Floating ip {address} is not associated with instance {id}.')
        instance = common.get_instance(self.compute_api, context, id)
        try:
            self.network_api.disassociate_floating_ip(context, instance, address)
        except exception.FloatingIpNotAssociated:
            raise webob.exc.HTTPBadRequest(
                explanation='Floating ip is not associated') from None
        except exception.Forbidden as e:
            raise webob.exc.HTTPForbidden(explanation=e.message) from None
        return common.accepted(req)


def _fixed_address(network_info: list[dict], wanted: str | None) -> str:
    """The address of the server that a floating one is to lead to: `wanted`, or its first."""
    if not network_info:
        raise webob.exc.HTTPBadRequest(explanation='No nw_info cache associated with instance')
    addresses = [ip['address'] for vif in network_info for ip in vif['ips']]
    if not addresses:
        raise webob.exc.HTTPBadRequest(explanation='No fixed ips associated to instance')
    if wanted is None:
        return addresses[0]
    if wanted not in addresses:
        raise webob.exc.HTTPBadRequest(
            explanation='Specified fixed address not assigned to instance')
    return wanted


class FloatingIps(extensions.V21APIExtensionBase):
    """Floating addresses."""

    name = 'FloatingIps'
    alias = ALIAS
    description = 'Floating IPs support.'
    absorbed = (('os-extended-floating-ips', 'ExtendedFloatingIps'),)

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, FloatingIPController())]

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', FloatingIPActionController())]
