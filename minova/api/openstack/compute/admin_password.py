"""The action changePassword."""

from minova import exception
from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.schemas import admin_password as schema
from minova.api.openstack.compute.server_action import ServerActionController
from minova.policies import admin_password as policies

ALIAS = 'os-admin-password'


class AdminPasswordController(ServerActionController):

    @wsgi.response(202)
    @extensions.expected_errors((400, 404, 409, 501))
    @wsgi.action('changePassword')
    @validation.schema(schema.change_password)
    def change_password(self, req, id, body):
        context = req.context
        context.can(policies.BASE)
        instance = common.get_instance(self.compute_api, context, id)
        with common.refusals('changePassword', id):
            try:
                self.compute_api.set_admin_password(
                    context, instance, body['changePassword']['adminPass'])
            except exception.InstanceIsLocked as e:
                # For Nova a lock is a state like others here, as it is for restore.
                common.raise_http_conflict_for_instance_invalid_state(e, 'changePassword', id)


class AdminPassword(extensions.V21APIExtensionBase):
    """The action changePassword."""

    name = 'AdminPassword'
    alias = ALIAS
    description = 'Admin password management support.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', AdminPasswordController())]
