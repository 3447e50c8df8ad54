"""Limits: what the caller's project may have, or the one that an administrator names."""

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
        # Who may name another project is asked by what adds the usage: see used_limits.
        project_id = req.GET.get('tenant_id', context.project_id)
        limits, usages = self.quota_api.get_limits_and_usages(context, project_id)
        req.cache_db_items('usages', [{'project_id': project_id, 'usages': usages}], 'project_id')
        return self._view_builder.build(limits)


class Limits(extensions.V21APIExtensionBase):
    """The limits."""

    name = 'Limits'
    alias = ALIAS
    listed = False

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, LimitsController(), member_name='limit')]

    def get_controller_extensions(self):
        return []
