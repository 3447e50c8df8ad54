"""Quota classes: show and update the limits that projects of a class have."""

import webob.exc

from minova import compute
from minova.api import validation
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.schemas import quota_classes as schema
from minova.policies import quota_classes as policies

ALIAS = 'os-quota-class-sets'
_NAME_MAX = 255


class QuotaClassSetsController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.quota_api = compute.QuotaAPI()

    @extensions.expected_errors(())
    def show(self, req, id):
        req.context.can(policies.SHOW, {'quota_class': id})
        return {'quota_class_set': {'id': id, **self._limits(req.context, id)}}

    @extensions.expected_errors(400)
    @validation.schema(schema.update)
    def update(self, req, id, body):
        context = req.context
        context.can(policies.UPDATE, {'quota_class': id})
        check_length(id, 'quota_class_name')
        self.quota_api.update_class_limits(
            context, id,
            {resource: int(limit) for resource, limit in body['quota_class_set'].items()})
        return {'quota_class_set': self._limits(context, id)}

    def _limits(self, context, quota_class: str) -> dict[str, int]:
        limits = self.quota_api.get_class_quotas(context, quota_class)
        return {resource: limits[resource] for resource in schema.shown}


def check_length(value: str, name: str) -> None:
    """A 400 for what is too long to be kept."""
    if len(value) > _NAME_MAX:
        raise webob.exc.HTTPBadRequest(
            explanation=f'Invalid input received: {name} has {len(value)} characters, more than '
                        f'{_NAME_MAX}.')


class QuotaClasses(extensions.V21APIExtensionBase):
    """Quota classes."""

    name = 'QuotaClasses'
    alias = ALIAS
    description = 'Quota classes management support.'

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, QuotaClassSetsController(),
                                             member_name='quota_class_set')]

    def get_controller_extensions(self):
        return []
