"""Create and delete flavors."""

import webob.exc
from oslo_utils import strutils

from minova import compute, exception
from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.schemas import flavor_manage as schemas
from minova.api.openstack.compute.views import flavors as flavors_view
from minova.policies import flavor_manage as policies

ALIAS = 'os-flavor-manage'
#: Column -> the attribute that it is taken from. Messages leave the attribute's prefix out.
_NUMBERS = {'memory_mb': 'ram', 'vcpus': 'vcpus', 'root_gb': 'disk',
            'ephemeral_gb': 'OS-FLV-EXT-DATA:ephemeral', 'swap': 'swap'}


class FlavorManageController(wsgi.Controller):

    _view_builder_class = flavors_view.ViewBuilder

    def __init__(self):
        super().__init__()
        self.flavor_api = compute.FlavorAPI()

    @wsgi.response(202)
    @extensions.expected_errors(404)
    @wsgi.action('delete')
    def _delete(self, req, id):
        req.context.can(policies.BASE)
        try:
            self.flavor_api.destroy(req.context, id)
        except exception.FlavorNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None

    @extensions.expected_errors((400, 409))
    @wsgi.action('create')
    @validation.schema(schemas.create)
    def _create(self, req, body):
        req.context.can(policies.BASE)
        values = body['flavor']
        flavorid = values.get('id')
        try:
            flavor = self.flavor_api.create(
                req.context, name=values['name'],
                # 0 asks for a new id just as null does.
                flavorid=str(flavorid) if flavorid else None,
                rxtx_factor=_parse_factor(values.get('rxtx_factor', 1.0)),
                is_public=strutils.bool_from_string(
                    values.get('os-flavor-access:is_public', True), strict=True),
                **{key: common.validate_integer(values.get(name, 0), name.rpartition(':')[2])
                   for key, name in _NUMBERS.items()})
        except (exception.FlavorExists, exception.FlavorIdExists) as e:
            raise webob.exc.HTTPConflict(explanation=e.message) from None
        except exception.InvalidInput as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None
        req.cache_db_flavor(flavor)
        return self._view_builder.show(req, flavor)


def _parse_factor(value) -> float:
    try:
        return float(value)
    except OverflowError:
        return float('inf')     # which the range of factors excludes


class FlavorManage(extensions.V21APIExtensionBase):
    """Create and delete flavors."""

    name = 'FlavorManage'
    alias = ALIAS
    description = 'Flavor create/delete API support.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'flavors', FlavorManageController())]
