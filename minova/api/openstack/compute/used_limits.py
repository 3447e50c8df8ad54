"""Adds what is used to the limits, by request what another project uses."""

from minova import compute
from minova.api.openstack import extensions, wsgi
from minova.policies import used_limits as policies

ALIAS = 'os-used-limits'
_NAMES = {
    'totalRAMUsed': 'ram',
    'totalCoresUsed': 'cores',
    'totalInstancesUsed': 'instances',
    'totalFloatingIpsUsed': 'floating_ips',
    'totalSecurityGroupsUsed': 'security_groups',
    'totalServerGroupsUsed': 'server_groups',
}


class UsedLimitsController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.quota_api = compute.QuotaAPI()

    @wsgi.extends
    @extensions.expected_errors(())
    def index(self, req, resp_obj):
        with_reserved = _is_true_number(req.GET.get('reserved'))
        project_id = _project_id(req)
        known = req.get_db_item('usages', project_id)
        usages = known['usages'] if known else self.quota_api.get_usages(req.context, project_id)
        used = {resource: usage['in_use'] + (usage['reserved'] if with_reserved else 0)
                for resource, usage in usages.items()}
        resp_obj.obj['limits']['absolute'].update(
            {name: used[resource] for name, resource in _NAMES.items() if resource in used})


def _project_id(req) -> str:
    """Whose usage is asked for. Naming a project, even one's own, is for administrators."""
    context = req.context
    if 'tenant_id' not in req.GET:
        return context.project_id
    project_id = req.GET['tenant_id']
    context.can(policies.BASE, {'project_id': project_id, 'user_id': context.user_id})
    return project_id


def _is_true_number(value: str | None) -> bool:
    try:
        return bool(int(value or 0))
    except ValueError:
        return False


class UsedLimits(extensions.V21APIExtensionBase):
    """The attributes total...Used of the limits."""

    name = 'UsedLimits'
    alias = ALIAS
    description = 'Provide data on limited resources that are being used.'
    absorbed = (('os-used-limits-for-admin', 'UsedLimitsForAdmin'),)

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'limits', UsedLimitsController())]
