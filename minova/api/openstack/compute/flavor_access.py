"""Which projects may use a flavor that is not public."""

import webob.exc

from minova import compute, exception
from minova.api import validation
from minova.api.openstack import attributes, common, extensions, wsgi
from minova.api.openstack.api_version_request import APIVersionRequest
from minova.api.openstack.compute.schemas import flavor_access as schemas
from minova.policies import flavor_access as policies

ALIAS = 'os-flavor-access'
_PUBLIC_FLAVORS_REFUSED_SINCE = APIVersionRequest('2.7')


class FlavorAccessController(wsgi.Controller):
    """The list of projects."""

    def __init__(self):
        super().__init__()
        self.flavor_api = compute.FlavorAPI()

    @extensions.expected_errors(404)
    def index(self, req, flavor_id):
        req.context.can(policies.BASE)
        flavor = common.get_flavor(self.flavor_api, req.context, flavor_id)
        if flavor['is_public']:
            raise webob.exc.HTTPNotFound(
                explanation='Access list not available for public flavors.')
        return _view(self.flavor_api, req.context, flavor)


class FlavorActionController(attributes.AttributesController):
    """The actions, and the attribute os-flavor-access:is_public."""

    noun = 'flavor'
    rule = policies.BASE

    def __init__(self):
        super().__init__()
        self.flavor_api = compute.FlavorAPI()

    def add(self, req, views: list[dict]) -> None:
        for view in views:
            view[f'{ALIAS}:is_public'] = req.get_db_flavor(view['id'])['is_public']

    @wsgi.extends(action='create')
    def create(self, req, resp_obj, body):
        self.extend(req, [resp_obj.obj['flavor']])

    @extensions.expected_errors((400, 404, 409))
    @wsgi.action('addTenantAccess')
    @validation.schema(schemas.add_tenant_access)
    def _add_tenant_access(self, req, id, body):
        req.context.can(policies.ADD)
        flavor = common.get_flavor(self.flavor_api, req.context, id)
        if flavor['is_public'] and req.api_version_request >= _PUBLIC_FLAVORS_REFUSED_SINCE:
            raise webob.exc.HTTPConflict(explanation='Can not add access to a public flavor.')
        try:
            self.flavor_api.add_access(req.context, flavor, body['addTenantAccess']['tenant'])
        except exception.FlavorAccessExists as e:
            raise webob.exc.HTTPConflict(explanation=e.message) from None
        return _view(self.flavor_api, req.context, flavor)

    @extensions.expected_errors((400, 404))
    @wsgi.action('removeTenantAccess')
    @validation.schema(schemas.remove_tenant_access)
    def _remove_tenant_access(self, req, id, body):
        req.context.can(policies.REMOVE)
        flavor = common.get_flavor(self.flavor_api, req.context, id)
        try:
            self.flavor_api.remove_access(req.context, flavor, body['removeTenantAccess']['tenant'])
        except exception.FlavorAccessNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None
        return _view(self.flavor_api, req.context, flavor)


def _view(flavor_api, context, flavor: dict) -> dict:
    return {'flavor_access': [{'flavor_id': flavor['flavorid'], 'tenant_id': project_id}
                              for project_id in flavor_api.get_access(context, flavor)]}


class FlavorAccess(extensions.V21APIExtensionBase):
    """Which projects may use a flavor that is not public."""

    name = 'FlavorAccess'
    alias = ALIAS
    description = 'Flavor access support.'

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, FlavorAccessController(),
            parent={'member_name': 'flavor', 'collection_name': 'flavors'})]

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'flavors', FlavorActionController())]
