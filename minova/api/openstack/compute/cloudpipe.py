"""Cloudpipes: servers that are a project's VPN."""

import webob.exc

from minova import compute, exception
from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.schemas import cloudpipe as schemas
from minova.policies import cloudpipe as policies

ALIAS = 'os-cloudpipe'


class CloudpipeController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.cloudpipe_api = compute.CloudpipeAPI()

    @extensions.expected_errors((400, 403, 404))
    def index(self, req):
        req.context.can(policies.BASE)
        return {'cloudpipes': [_view(c) for c in self.cloudpipe_api.get_all(req.context)]}

    @extensions.expected_errors((400, 403))
    @validation.schema(schemas.create)
    def create(self, req, body):
        req.context.can(policies.BASE)
        project_id = body['cloudpipe'].get('project_id', req.context.project_id)
        try:
            return {'instance_id': self.cloudpipe_api.create(req.context, project_id)}
        except exception.QuotaError as e:
            raise webob.exc.HTTPForbidden(explanation=e.message) from None
        except (exception.Invalid, exception.NotFound) as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None

    @wsgi.response(202)
    @extensions.expected_errors(400)
    @validation.schema(schemas.update)
    def update(self, req, id, body):
        req.context.can(policies.BASE)
        if id != 'configure-project':
            raise webob.exc.HTTPBadRequest(explanation=f'Unknown action {id}')
        project = body['configure_project']
        try:
            port = common.validate_integer(project['vpn_port'], 'vpn_port')
        except exception.InvalidInput as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None
        self.cloudpipe_api.configure_project(req.context, project['vpn_ip'], port)


def _view(cloudpipe: dict) -> dict:
    view = dict(cloudpipe)
    view['created_at'] = cloudpipe['created_at'].strftime('%Y-%m-%dT%H:%M:%SZ')
    return view


class Cloudpipe(extensions.V21APIExtensionBase):
    """Cloudpipes."""

    name = 'Cloudpipe'
    alias = ALIAS
    description = '''Adds actions to create cloudpipe instances.

    When running with the Vlan network mode, you need a mechanism to route
    from the public Internet to your vlans.  This mechanism is known as a
    cloudpipe.

    At the time of creating this class, only OpenVPN is supported.  Support for
    a SSH Bastion host is forthcoming.
    '''
    absorbed = (('os-cloudpipe-update', 'CloudpipeUpdate'),)

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, CloudpipeController())]

    def get_controller_extensions(self):
        return []
