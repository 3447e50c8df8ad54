"""What the controllers of actions on servers have in common."""

from minova import compute
from minova.api.openstack import common, wsgi


class ServerActionController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.compute_api = compute.API()

    def _do(self, req, server_id: str, rule: str, action: str, method: str, *args, **kwargs):
        """Policy, the server, and the method of the backend; what it answers.

        `action` is what a refusal calls it.
        """
        req.context.can(rule)
        instance = common.get_instance(self.compute_api, req.context, server_id)
        with common.refusals(action, server_id):
            return getattr(self.compute_api, method)(req.context, instance, *args, **kwargs)
