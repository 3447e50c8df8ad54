"""The actions restore and forceDelete, for servers that were deleted but are still there."""

import webob.exc

from minova import exception
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.server_action import ServerActionController
from minova.policies import deferred_delete as policies

ALIAS = 'os-deferred-delete'


class DeferredDeleteController(ServerActionController):

    @wsgi.response(202)
    @extensions.expected_errors((403, 404, 409))
    @wsgi.action('restore')
    def _restore(self, req, id, body):
        req.context.can(policies.BASE)
        instance = common.get_instance(self.compute_api, req.context, id)
        with common.refusals('restore', id):
            try:
                self.compute_api.restore(req.context, instance)
            except exception.QuotaError as e:
                raise webob.exc.HTTPForbidden(explanation=e.message) from None
            except exception.InstanceIsLocked as e:
                # For Nova a lock is a state like others here, as it is for changePassword.
                common.raise_http_conflict_for_instance_invalid_state(e, 'restore', id)

    @wsgi.response(202)
    @extensions.expected_errors((404, 409))
    @wsgi.action('forceDelete')
    def _force_delete(self, req, id, body):
        self._do(req, id, policies.BASE, 'forceDelete', 'force_delete')


class DeferredDelete(extensions.V21APIExtensionBase):
    """The actions restore and forceDelete."""

    name = 'DeferredDelete'
    alias = ALIAS
    description = 'Instance deferred delete.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', DeferredDeleteController())]
