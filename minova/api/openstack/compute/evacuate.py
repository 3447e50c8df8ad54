"""The action evacuate: a server is made anew because its host is dead."""

import webob.exc
from oslo_utils import strutils

from minova import compute, exception
from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.schemas import evacuate as schema
from minova.api.openstack.compute.server_action import ServerActionController
from minova.conf import CONF
from minova.policies import evacuate as policies

ALIAS = 'os-evacuate'


class EvacuateController(ServerActionController):

    def __init__(self):
        super().__init__()
        self.host_api = compute.HostAPI()

    @extensions.expected_errors((400, 404, 409))
    @wsgi.action('evacuate')
    @validation.schema(schema.evacuate)
    def _evacuate(self, req, id, body):
        context, arguments = req.context, body['evacuate']
        context.can(policies.BASE)
        host = arguments.get('host')
        on_shared_storage = strutils.bool_from_string(arguments['onSharedStorage'])
        password = _password(arguments, on_shared_storage)
        if host is not None and not self.host_api.service_get_all(
                context, host=host, binary='nova-compute'):
            raise webob.exc.HTTPNotFound(explanation=f'Compute host {host} not found.')
        instance = common.get_instance(self.compute_api, context, id)
        if instance['host'] == host:
            raise webob.exc.HTTPBadRequest(explanation="The target host can't be the same one.")
        with common.refusals('evacuate', id):
            try:
                self.compute_api.evacuate(context, instance, host, on_shared_storage, password)
            except (exception.ComputeServiceInUse, exception.NoValidHost) as e:
                raise webob.exc.HTTPBadRequest(explanation=e.message) from None
        return {'adminPass': password} if CONF.enable_instance_password else {}


def _password(arguments: dict, on_shared_storage: bool) -> str | None:
    """The password of the new server; a disk that is shared keeps the one it has."""
    if not on_shared_storage:
        return common.admin_password(arguments)
    if 'adminPass' in arguments:
        raise webob.exc.HTTPBadRequest(
            explanation="admin password can't be changed on existing disk")
    return None


class Evacuate(extensions.V21APIExtensionBase):
    """The action evacuate."""

    name = 'Evacuate'
    alias = ALIAS
    description = 'Enables server evacuation.'
    absorbed = (('os-extended-evacuate-find-host', 'ExtendedEvacuateFindHost'),)

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', EvacuateController())]
