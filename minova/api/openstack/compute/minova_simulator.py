"""os-minova-simulator: the command of the simulated hypervisors, while they run.

It is minova's own, and is there only where [fake]enable_control is set. docs/simulation.md shows how to
use it.
"""

import webob.exc

from minova import compute, exception
from minova.api import validation
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.schemas import minova_simulator as schema
from minova.conf import CONF
from minova.policies import minova_simulator as policies

ALIAS = 'os-minova-simulator'


class SimulatorController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.simulator_api = compute.SimulatorAPI()

    @extensions.expected_errors(())
    def index(self, req):
        req.context.can(policies.BASE)
        return self._view(req)

    @extensions.expected_errors((400, 404))
    @validation.schema(schema.change)
    def create(self, req, body):
        """Change what the body names, and leave the rest."""
        context, wanted = req.context, body['simulator']
        context.can(policies.BASE)
        try:
            if 'transitions' in wanted:
                self.simulator_api.set_transitions(context, wanted['transitions'])
            if 'failures' in wanted:
                self.simulator_api.set_failures(context, wanted['failures'])
            for host, state in wanted.get('hosts', {}).items():
                self.simulator_api.set_host(context, host, state == 'up')
            if 'clock' in wanted:
                self.simulator_api.set_clock(context, **wanted['clock'])
        except exception.ComputeHostNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None
        except exception.InvalidInput as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None
        return self._view(req)

    @wsgi.response(204)
    @extensions.expected_errors(())
    def clear(self, req):
        req.context.can(policies.BASE)
        self.simulator_api.reset(req.context)

    @wsgi.response(204)
    @extensions.expected_errors(409)
    def reset(self, req, body=None):
        """Put the whole cloud back to how it began."""
        req.context.can(policies.BASE)
        try:
            self.simulator_api.reset_cloud(req.context)
        except exception.CannotReset as e:
            raise webob.exc.HTTPConflict(explanation=e.message) from None

    def _view(self, req) -> dict:
        return {'simulator': self.simulator_api.get(req.context)}


class MinovaSimulator(extensions.V21APIExtensionBase):
    """The command of the simulated hypervisors."""

    name = 'MinovaSimulator'
    alias = ALIAS
    description = 'Change how slow and how unreliable the simulated hypervisors are.'
    # What /extensions shows is Nova's; who may command the simulation knows that it is there.
    listed = False

    def get_resources(self):
        if not CONF.fake.enable_control:
            return []
        return [extensions.ResourceExtension(
            ALIAS, SimulatorController(), member_name='minova_simulator',
            custom_routes_fn=_connect)]

    def get_controller_extensions(self):
        return []


def _connect(mapper, wsgi_resource) -> None:
    for project in ('/{project_id}', ''):
        for path, method, action in ((ALIAS, 'DELETE', 'clear'), (f'{ALIAS}/reset', 'POST', 'reset')):
            mapper.connect('minova-simulator', f'{project}/{path}', controller=wsgi_resource,
                           action=action, conditions={'method': [method]})
