"""What the hosts reported of the usage of servers, per period of audit."""

import datetime

import webob.exc

from minova import audit_period, compute
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.views import instance_usage_audit_log as view
from minova.policies import instance_usage_audit_log as policies

ALIAS = 'os-instance_usage_audit_log'


class InstanceUsageAuditLogController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.usage_audit_api = compute.UsageAuditAPI()

    @extensions.expected_errors(())
    def index(self, req):
        req.context.can(policies.BASE)
        now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
        return {'instance_usage_audit_logs': self._audit(req.context, now)}

    @extensions.expected_errors(400)
    def show(self, req, id):
        req.context.can(policies.BASE)
        form = '%Y-%m-%d %H:%M:%S.%f' if '.' in id else '%Y-%m-%d %H:%M:%S'
        try:
            return {'instance_usage_audit_log': self._audit(
                req.context, datetime.datetime.strptime(id, form))}
        except (ValueError, OverflowError):
            raise webob.exc.HTTPBadRequest(
                explanation=f'Invalid timestamp for date {id}') from None

    def _audit(self, context, before: datetime.datetime) -> dict:
        beginning, ending = audit_period.last_completed(before)
        return view.audit(
            self.usage_audit_api.get_hosts(context),
            self.usage_audit_api.get_task_logs(context, beginning, ending), beginning, ending)


class InstanceUsageAuditLog(extensions.V21APIExtensionBase):
    """Audits of usage."""

    name = 'OSInstanceUsageAuditLog'
    alias = ALIAS
    description = 'Admin-only Task Log Monitoring.'

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, InstanceUsageAuditLogController())]

    def get_controller_extensions(self):
        return []
