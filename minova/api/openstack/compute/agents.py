"""Agent builds: which build of the guest agent belongs on which guest."""

import webob.exc

from minova import compute, exception
from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.schemas import agents as schemas
from minova.policies import agents as policies

ALIAS = 'os-agents'


class AgentController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.agent_api = compute.AgentAPI()

    @extensions.expected_errors(())
    def index(self, req):
        req.context.can(policies.BASE)
        builds = self.agent_api.get_all(req.context, req.GET.get('hypervisor'))
        return {'agents': [_view(build) for build in builds]}

    @extensions.expected_errors((400, 409))
    @validation.schema(schemas.create)
    def create(self, req, body):
        req.context.can(policies.BASE)
        try:
            return {'agent': _view(self.agent_api.create(req.context, body['agent']))}
        except exception.AgentBuildExists as e:
            raise webob.exc.HTTPConflict(explanation=e.message) from None

    @extensions.expected_errors((400, 404))
    @validation.schema(schemas.update)
    def update(self, req, id, body):
        req.context.can(policies.BASE)
        build = body['para']
        try:
            self.agent_api.update(req.context, _agent_id(id), **build)
        except exception.AgentBuildNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None
        # The id is text here, and was in Nova.
        return {'agent': {'agent_id': id, **build}}

    @extensions.expected_errors((400, 404))
    def delete(self, req, id):
        req.context.can(policies.BASE)
        try:
            self.agent_api.delete(req.context, _agent_id(id))
        except exception.AgentBuildNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None


def _agent_id(text: str) -> int:
    try:
        return common.validate_integer(text, 'id')
    except exception.InvalidInput as e:
        raise webob.exc.HTTPBadRequest(explanation=e.message) from None


def _view(build: dict) -> dict:
    return {'agent_id': build['id'], **{key: build[key] for key in (
        'hypervisor', 'os', 'architecture', 'version', 'url', 'md5hash')}}


class Agents(extensions.V21APIExtensionBase):
    """Agent builds."""

    name = 'Agents'
    alias = ALIAS
    description = 'Agents support.'

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, AgentController())]

    def get_controller_extensions(self):
        return []
