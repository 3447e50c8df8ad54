"""Extra specs: what a flavor asks of hosts and hypervisors, as keys and values."""

import webob.exc

from minova import compute, exception
from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.schemas import flavors_extraspecs as schemas
from minova.policies import flavors_extraspecs as policies

ALIAS = 'os-flavor-extra-specs'
_MAX_LENGTH = 255


class FlavorExtraSpecsController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.flavor_api = compute.FlavorAPI()

    @extensions.expected_errors(404)
    def index(self, req, flavor_id):
        req.context.can(policies.INDEX)
        flavor = common.get_flavor(self.flavor_api, req.context, flavor_id)
        return {'extra_specs': flavor['extra_specs']}

    @extensions.expected_errors(404)
    def show(self, req, flavor_id, id):
        req.context.can(policies.SHOW)
        flavor = common.get_flavor(self.flavor_api, req.context, flavor_id)
        try:
            return {id: flavor['extra_specs'][id]}
        except KeyError:
            error = exception.FlavorExtraSpecsNotFound(flavor_id=flavor_id, extra_specs_key=id)
            raise webob.exc.HTTPNotFound(explanation=error.message) from None

    @extensions.expected_errors((400, 404))
    @validation.schema(schemas.create)
    def create(self, req, flavor_id, body):
        req.context.can(policies.CREATE)
        self._set(req, flavor_id, _as_texts(body['extra_specs']))
        return body

    @extensions.expected_errors((400, 404))
    @validation.schema(schemas.update)
    def update(self, req, flavor_id, id, body):
        req.context.can(policies.UPDATE)
        specs = _as_texts(body)
        if id not in specs:
            raise webob.exc.HTTPBadRequest(explanation='Request body and URI mismatch')
        self._set(req, flavor_id, specs)
        return body

    @extensions.expected_errors(404)
    def delete(self, req, flavor_id, id):
        req.context.can(policies.DELETE)
        flavor = common.get_flavor(self.flavor_api, req.context, flavor_id)
        try:
            self.flavor_api.delete_extra_spec(req.context, flavor, id)
        except exception.FlavorExtraSpecsNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None

    def _set(self, req, flavor_id: str, specs: dict[str, str]) -> None:
        flavor = common.get_flavor(self.flavor_api, req.context, flavor_id)
        self.flavor_api.set_extra_specs(req.context, flavor, specs)


def _as_texts(specs: dict) -> dict[str, str]:
    """`specs` with numbers as texts, whose length the schema could not check."""
    texts = {key: str(value) for key, value in specs.items()}
    for text in texts.values():
        if len(text) > _MAX_LENGTH:
            raise webob.exc.HTTPBadRequest(
                explanation=f'extra_specs value has more than {_MAX_LENGTH} characters.')
    return texts


class FlavorsExtraSpecs(extensions.V21APIExtensionBase):
    """Extra specs of flavors."""

    name = 'FlavorExtraSpecs'
    alias = ALIAS
    description = 'Flavors extra specs support.'

    def get_resources(self):
        return [extensions.ResourceExtension(
            'os-extra_specs', FlavorExtraSpecsController(),
            parent={'member_name': 'flavor', 'collection_name': 'flavors'})]

    def get_controller_extensions(self):
        return []
