"""Limits: what the caller's project may have."""

from minova import compute
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.views import limits as limits_view
from minova.policies import limits as policies

ALIAS = 'limits'


class LimitsController(wsgi.Controller):

    _view_builder_class = limits_view.ViewBuilder

    def __init__(self):
        super().__init__()
        self.quota_api = compute.QuotaAPI()

    @extensions.expected_errors(())
    def index(self, req):
        context = req.context
        context.can(policies.BASE)
        quotas = self.quota_api.get_project_quotas(context, context.project_id, usages=False)
        return self._view_builder.build({r: quota['limit'] for r, quota in quotas.items()})


class Limits(extensions.V21APIExtensionBase):
    """The limits."""

    name = 'Limits'
    alias = ALIAS
    listed = False

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, LimitsController(), member_name='limit')]

    def get_controller_extensions(self):
        return []
