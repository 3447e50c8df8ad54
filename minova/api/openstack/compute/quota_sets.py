"""Quotas of projects, and of users in them: show, defaults, detail, update, delete."""

import webob.exc
from oslo_utils import strutils

from minova import compute, exception
from minova.api import validation
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.quota_classes import check_length
from minova.api.openstack.compute.schemas import quota_sets as schema
from minova.api.validation import order
from minova.policies import quota_sets as policies

ALIAS = 'os-quota-sets'


class QuotaSetsController(wsgi.Controller):
    """The id in the URL is a project's; the parameter user_id names one of its users."""

    def __init__(self):
        super().__init__()
        self.quota_api = compute.QuotaAPI()

    @extensions.expected_errors(())
    def show(self, req, id):
        req.context.can(policies.SHOW, {'project_id': id})
        return _view(self._limits(req, id), id)

    @extensions.expected_errors(())
    def detail(self, req, id):
        req.context.can(policies.DETAIL, {'project_id': id})
        return _view(self._quotas(req, id, usages=True), id)

    @extensions.expected_errors(())
    def defaults(self, req, id):
        req.context.can(policies.DEFAULTS, {'project_id': id})
        return _view(self.quota_api.get_defaults(req.context), id)

    @extensions.expected_errors(400)
    @validation.schema(schema.update)
    def update(self, req, id, body):
        context = req.context
        context.can(policies.UPDATE, {'project_id': id})
        check_length(id, 'project_id')
        check_length(_user_id(req) or '', 'user_id')
        values = body['quota_set']
        # The first that cannot be is the one that is told.
        limits = {resource: int(values[resource]) for resource in order.python2(values)
                  if resource in schema.limits}
        try:
            self.quota_api.update_limits(
                context, id, limits, user_id=_user_id(req),
                force=strutils.bool_from_string(values.get('force', False)))
        except exception.QuotaLimitInvalid as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None
        return _view(self._limits(req, id))

    @wsgi.response(202)
    @extensions.expected_errors(())
    def delete(self, req, id):
        req.context.can(policies.DELETE, {'project_id': id})
        self.quota_api.delete_limits(req.context, id, user_id=_user_id(req))

    def _limits(self, req, project_id: str) -> dict[str, int]:
        quotas = self._quotas(req, project_id, usages=False)
        return {resource: quota['limit'] for resource, quota in quotas.items()}

    def _quotas(self, req, project_id: str, usages: bool) -> dict[str, dict]:
        user_id = _user_id(req)
        if user_id:
            return self.quota_api.get_user_quotas(req.context, project_id, user_id, usages=usages)
        return self.quota_api.get_project_quotas(req.context, project_id, usages=usages)


def _user_id(req) -> str | None:
    """The user who is meant; the first one, if several are named."""
    values = [value for value in req.GET.getall('user_id') if value]
    return values[0] if values else None


def _view(quotas: dict, project_id: str | None = None) -> dict:
    view = {'id': project_id} if project_id else {}
    view.update({resource: quotas[resource] for resource in schema.limits if resource in quotas})
    return {'quota_set': view}


class QuotaSets(extensions.V21APIExtensionBase):
    """Quotas."""

    name = 'Quotas'
    alias = ALIAS
    description = 'Quotas management support.'
    absorbed = (('os-extended-quotas', 'ExtendedQuotas'),
                ('os-server-group-quotas', 'ServerGroupQuotas'),
                ('os-user-quotas', 'UserQuotas'))

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, QuotaSetsController(), member_name='quota_set',
            member_actions={'defaults': 'GET', 'detail': 'GET'})]

    def get_controller_extensions(self):
        return []
