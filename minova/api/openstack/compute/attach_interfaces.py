"""The ports of a server, where the network backend has ports."""

import webob.exc

from minova import compute, exception, network
from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.schemas import attach_interfaces as schema
from minova.policies import attach_interfaces as policies

ALIAS = 'os-attach-interfaces'


class InterfaceAttachmentController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.compute_api = compute.API()
        self.network_api = network.API()

    @extensions.expected_errors((404, 501))
    def index(self, req, server_id):
        req.context.can(policies.BASE)
        instance = common.get_instance(self.compute_api, req.context, server_id)
        with _http_errors():
            ports = self.network_api.list_ports(req.context, instance)
        return {'interfaceAttachments': [_view(port) for port in ports]}

    @extensions.expected_errors((403, 404, 501))
    def show(self, req, server_id, id):
        req.context.can(policies.BASE)
        instance = common.get_instance(self.compute_api, req.context, server_id)
        with _http_errors():
            port = self.network_api.show_port(req.context, instance, id)
        return {'interfaceAttachment': _view(port)}

    @extensions.expected_errors((400, 403, 404, 409, 500, 501))
    @validation.schema(schema.create)
    def create(self, req, server_id, body):
        context = req.context
        context.can(policies.BASE)
        context.can(policies.CREATE)
        attachment = body.get('interfaceAttachment', {})
        network_id, port_id = attachment.get('net_id'), attachment.get('port_id')
        fixed_ips = attachment.get('fixed_ips')
        fixed_ip = fixed_ips[0]['ip_address'] if fixed_ips else None
        if network_id and port_id:
            raise webob.exc.HTTPBadRequest(
                explanation='Must not input both network_id and port_id')
        if fixed_ip and not network_id:
            raise webob.exc.HTTPBadRequest(
                explanation='Must input network_id when request IP address')
        instance = common.get_instance(self.compute_api, context, server_id)
        common.check_instance_lock(context, instance)
        try:
            with _http_errors():
                port = self.compute_api.attach_interface(
                    context, instance, network_id, port_id, fixed_ip)
        except exception.InstanceInvalidState as e:
            common.raise_http_conflict_for_instance_invalid_state(e, 'attach_interface', server_id)
        except exception.InstanceNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None
        except exception.Forbidden as e:
            raise webob.exc.HTTPForbidden(explanation=e.message) from None
        except exception.Conflict as e:
            raise webob.exc.HTTPConflict(explanation=e.message) from None
        except (exception.NetworkNotFound, exception.FixedIpNotFoundForNetwork, exception.Invalid,
                exception.NetworkError) as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None
        return {'interfaceAttachment': _view(port)}

    @wsgi.response(202)
    @extensions.expected_errors((404, 409, 501))
    def delete(self, req, server_id, id):
        context = req.context
        context.can(policies.BASE)
        context.can(policies.DELETE)
        instance = common.get_instance(self.compute_api, context, server_id)
        common.check_instance_lock(context, instance)
        try:
            with _http_errors():
                self.compute_api.detach_interface(context, instance, id)
        except exception.InstanceInvalidState as e:
            common.raise_http_conflict_for_instance_invalid_state(e, 'detach_interface', server_id)
        except exception.InstanceNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None


class _http_errors:
    """What a backend without ports says, and what one with ports says of a port, as HTTP errors."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _traceback):
        if isinstance(error, exception.NotSupported):
            raise webob.exc.HTTPNotImplemented(explanation=error.message) from None
        if isinstance(error, exception.PortNotFound):
            raise webob.exc.HTTPNotFound(explanation=error.message) from None


def _view(port: dict) -> dict:
    return {
        'net_id': port['network_id'],
        'port_id': port['id'],
        'mac_addr': port['mac_address'],
        'port_state': port['status'],
        'fixed_ips': port['fixed_ips'],
    }


class AttachInterfaces(extensions.V21APIExtensionBase):
    """The ports of servers."""

    name = 'AttachInterfaces'
    alias = ALIAS
    description = 'Attach interface support.'

    def get_resources(self):
        return [extensions.ResourceExtension(
            'os-interface', InterfaceAttachmentController(),
            parent={'member_name': 'server', 'collection_name': 'servers'})]

    def get_controller_extensions(self):
        return []
