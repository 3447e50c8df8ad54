"""Floating addresses by the range, for administrators."""

import ipaddress
import re

import webob.exc

from minova import exception, network
from minova.api import validation
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.schemas import floating_ips_bulk as schema
from minova.conf import CONF
from minova.policies import floating_ips_bulk as policies

ALIAS = 'os-floating-ips-bulk'
# A range that was mistyped is not to fill the database.
_MAX_ADDRESSES = 2 ** 17


class FloatingIPBulkController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.network_api = network.API()

    @extensions.expected_errors(404)
    def index(self, req):
        return self._list(req)

    @extensions.expected_errors(404)
    def show(self, req, id):
        """The floating addresses on the host `id`."""
        return self._list(req, id)

    def _list(self, req, host: str | None = None) -> dict:
        req.context.can(policies.BASE)
        try:
            floating_ips = self.network_api.get_all_floating_ips(req.context, host)
        except exception.FloatingIpNotFoundForHost as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None
        return {'floating_ip_info': [_view(floating_ip) for floating_ip in floating_ips]}

    @extensions.expected_errors((400, 409, 501))
    @validation.schema(schema.create)
    def create(self, req, body):
        req.context.can(policies.BASE)
        params = body['floating_ips_bulk_create']
        ip_range = params['ip_range']
        pool = params.get('pool', CONF.default_floating_pool)
        interface = params.get('interface', CONF.public_interface)
        try:
            self.network_api.create_floating_ips(req.context, _hosts(ip_range), pool, interface)
        except exception.FloatingIpExists as e:
            raise webob.exc.HTTPConflict(explanation=e.message) from None
        return {'floating_ips_bulk_create': {
            'ip_range': ip_range, 'pool': pool, 'interface': interface}}

    @extensions.expected_errors((400, 404, 501))
    @validation.schema(schema.delete)
    def update(self, req, id, body):
        """Remove the addresses of a range; the only `id` is 'delete'."""
        req.context.can(policies.BASE)
        if id != 'delete':
            raise webob.exc.HTTPNotFound(explanation='Unknown action')
        ip_range = body['ip_range']
        self.network_api.delete_floating_ips(req.context, _hosts(ip_range))
        return {'floating_ips_bulk_delete': ip_range}


def _hosts(ip_range: str) -> list[str]:
    """The addresses of a range that hosts can have, or the one address; a 400 for neither."""
    try:
        return [str(ipaddress.ip_address(ip_range))]
    except ValueError:
        pass
    # Only what has a prefix is a range.
    if not re.fullmatch(r'.+/.+', ip_range):
        raise _invalid(f"failed to detect a valid IP address from '{ip_range}'")
    try:
        whole = ipaddress.ip_network(ip_range, strict=False)
    except ValueError:
        raise _invalid(f'invalid IPNetwork {ip_range}') from None
    if whole.num_addresses < 4:
        raise _invalid(f'/{whole.prefixlen} should be specified as single address(es) not in '
                       'cidr format')
    if whole.num_addresses > _MAX_ADDRESSES:
        raise _invalid(f'/{whole.prefixlen} has too many addresses')
    return [str(address) for address in whole.hosts()]


def _invalid(reason: str) -> webob.exc.HTTPBadRequest:
    return webob.exc.HTTPBadRequest(explanation=exception.InvalidInput(reason=reason).message)


def _view(floating_ip: dict) -> dict:
    return {
        'address': floating_ip['address'],
        'pool': floating_ip['pool'],
        'interface': floating_ip['interface'],
        'project_id': floating_ip['project_id'],
        'instance_uuid': floating_ip['instance_uuid'],
        'fixed_ip': floating_ip['fixed_address'],
    }


class FloatingIpsBulk(extensions.V21APIExtensionBase):
    """Ranges of floating addresses."""

    name = 'FloatingIpsBulk'
    alias = ALIAS
    description = 'Bulk handling of Floating IPs.'

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, FloatingIPBulkController())]

    def get_controller_extensions(self):
        return []
