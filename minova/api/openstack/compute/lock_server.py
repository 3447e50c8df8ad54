"""The actions lock and unlock."""

from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.server_action import ServerActionController
from minova.policies import lock_server as policies

ALIAS = 'os-lock-server'


class LockServerController(ServerActionController):

    @wsgi.response(202)
    @extensions.expected_errors(404)
    @wsgi.action('lock')
    def _lock(self, req, id, body):
        self._do(req, id, policies.LOCK, 'lock', 'lock')

    @wsgi.response(202)
    @extensions.expected_errors(404)
    @wsgi.action('unlock')
    def _unlock(self, req, id, body):
        context = req.context
        context.can(policies.UNLOCK)
        instance = common.get_instance(self.compute_api, context, id)
        if not self.compute_api.is_expected_locked_by(context, instance):
            context.can(policies.UNLOCK_OVERRIDE)
        with common.refusals('unlock', id):
            self.compute_api.unlock(context, instance)


class LockServer(extensions.V21APIExtensionBase):
    """The actions lock and unlock."""

    name = 'LockServer'
    alias = ALIAS
    description = 'Enable lock/unlock server actions.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', LockServerController())]
