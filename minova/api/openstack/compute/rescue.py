"""The actions rescue and unrescue."""

import webob.exc
from oslo_utils import uuidutils

from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.schemas import rescue as schema
from minova.api.openstack.compute.server_action import ServerActionController
from minova.conf import CONF
from minova.policies import rescue as policies

ALIAS = 'os-rescue'


class RescueController(ServerActionController):

    @extensions.expected_errors((400, 404, 409, 501))
    @wsgi.action('rescue')
    @validation.schema(schema.rescue)
    def _rescue(self, req, id, body):
        arguments = body['rescue'] or {}
        password = common.admin_password(arguments)
        image_ref = arguments.get('rescue_image_ref')
        req.context.can(policies.BASE)
        instance = common.get_instance(self.compute_api, req.context, id)
        image_id = _image_id(image_ref) if image_ref else None
        with common.refusals('rescue', id):
            self.compute_api.rescue(req.context, instance, rescue_password=password,
                                    rescue_image_ref=image_id)
        return {'adminPass': password} if CONF.enable_instance_password else {}

    @wsgi.response(202)
    @extensions.expected_errors((404, 409, 501))
    @wsgi.action('unrescue')
    def _unrescue(self, req, id, body):
        self._do(req, id, policies.BASE, 'unrescue', 'unrescue')


def _image_id(image_ref: str) -> str:
    """The id at the end of what may be a URL."""
    image_id = image_ref.split('/')[-1]
    if not uuidutils.is_uuid_like(image_id):
        raise webob.exc.HTTPBadRequest(explanation='Invalid rescue_image_ref provided.')
    return image_id


class Rescue(extensions.V21APIExtensionBase):
    """The actions rescue and unrescue."""

    name = 'Rescue'
    alias = ALIAS
    description = 'Instance rescue mode.'
    absorbed = (('os-extended-rescue-with-image', 'ExtendedRescueWithImage'),)

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', RescueController())]
