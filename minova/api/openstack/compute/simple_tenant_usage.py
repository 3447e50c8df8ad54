"""What projects have used: hours of servers, times what the servers have."""

import datetime

import webob.exc

from minova import compute
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.views import simple_tenant_usage as usage_view
from minova.policies import simple_tenant_usage as policies

ALIAS = 'os-simple-tenant-usage'
_FORMATS = ('%Y-%m-%dT%H:%M:%S', '%Y-%m-%dT%H:%M:%S.%f', '%Y-%m-%d %H:%M:%S.%f')


class SimpleTenantUsageController(wsgi.Controller):

    _view_builder_class = usage_view.ViewBuilder

    def __init__(self):
        super().__init__()
        self.usage_api = compute.UsageAPI()

    @extensions.expected_errors(400)
    def index(self, req):
        req.context.can(policies.LIST)
        return {'tenant_usages': self._usages(req, detailed=_param(req, 'detailed') == '1')}

    @extensions.expected_errors(400)
    def show(self, req, id):
        req.context.can(policies.SHOW, {'project_id': id})
        usages = self._usages(req, detailed=True, project_id=id)
        return {'tenant_usage': usages[0] if usages else {}}

    def _usages(self, req, detailed: bool, project_id: str | None = None) -> list[dict]:
        """The usage of each project that has used something in the period that the query names."""
        start, stop = _period(req)
        servers = self.usage_api.get_active_by_window(
            req.context, start, stop, project_id=project_id, with_flavor=detailed)
        return self._view_builder.index(servers, start, stop, detailed)


def _period(req) -> tuple[datetime.datetime, datetime.datetime]:
    """(start, end): both are now by default, and the end is never later than that."""
    start = _parse_time(_param(req, 'start'))
    stop = _parse_time(_param(req, 'end'))
    if not start < stop:
        raise webob.exc.HTTPBadRequest(
            explanation='Invalid start time. The start time cannot occur after the end time.')
    return start, min(stop, _now())


def _param(req, name: str) -> str | None:
    """The first value of the parameter that says anything."""
    return next(filter(None, req.GET.getall(name)), None)


def _parse_time(text: str | None) -> datetime.datetime:
    if not text:
        return _now()
    for form in _FORMATS:
        try:
            return datetime.datetime.strptime(text, form)
        except ValueError:
            continue
    raise webob.exc.HTTPBadRequest(
        explanation='Invalid datetime string: Datetime is in invalid format')


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)


class SimpleTenantUsage(extensions.V21APIExtensionBase):
    """The resource os-simple-tenant-usage."""

    name = 'SimpleTenantUsage'
    alias = ALIAS
    description = 'Simple tenant usage extension.'

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, SimpleTenantUsageController())]

    def get_controller_extensions(self):
        return []
