"""Aggregates: groups of hosts, their metadata and zones."""

import contextlib

import webob.exc

from minova import compute, exception
from minova.api import validation
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.schemas import aggregates as schemas
from minova.api.openstack.compute.views import aggregates as aggregates_view
from minova.policies import aggregates as policies

ALIAS = 'os-aggregates'


class AggregateController(wsgi.Controller):

    _view_builder_class = aggregates_view.ViewBuilder

    def __init__(self):
        super().__init__()
        self.api = compute.AggregateAPI()

    @extensions.expected_errors(())
    def index(self, req):
        req.context.can(policies.ROOT % 'index')
        return self._view_builder.index(self.api.get_aggregate_list(req.context))

    @extensions.expected_errors((400, 409))
    @validation.schema(schemas.create)
    def create(self, req, body):
        req.context.can(policies.ROOT % 'create')
        values = _stripped(body['aggregate'])
        with _http_errors():
            aggregate = self.api.create_aggregate(
                req.context, values['name'], values.get('availability_zone'))
        return self._view_builder.create(aggregate)

    @extensions.expected_errors(404)
    def show(self, req, id):
        req.context.can(policies.ROOT % 'show')
        with _http_errors():
            return self._view_builder.show(self.api.get_aggregate(req.context, id))

    @extensions.expected_errors((400, 404, 409))
    @validation.schema(schemas.update)
    def update(self, req, id, body):
        req.context.can(policies.ROOT % 'update')
        with _http_errors():
            return self._view_builder.show(self.api.update_aggregate(
                req.context, id, _stripped(body['aggregate'])))

    @extensions.expected_errors((400, 404))
    def delete(self, req, id):
        req.context.can(policies.ROOT % 'delete')
        with _http_errors():
            self.api.delete_aggregate(req.context, id)

    @extensions.expected_errors((400, 404, 409))
    @wsgi.action('add_host')
    @validation.schema(schemas.add_host)
    def _add_host(self, req, id, body):
        req.context.can(policies.ROOT % 'add_host')
        try:
            with _http_errors():
                return self._view_builder.show(self.api.add_host_to_aggregate(
                    req.context, id, body['add_host']['host']))
        except webob.exc.HTTPBadRequest as e:
            raise webob.exc.HTTPConflict(explanation=e.explanation) from None

    @extensions.expected_errors((400, 404, 409))
    @wsgi.action('remove_host')
    @validation.schema(schemas.remove_host)
    def _remove_host(self, req, id, body):
        req.context.can(policies.ROOT % 'remove_host')
        host = body['remove_host']['host']
        try:
            return self._view_builder.show(
                self.api.remove_host_from_aggregate(req.context, id, host))
        except exception.NotFound:
            raise webob.exc.HTTPNotFound(
                explanation=f'Cannot remove host {host} in aggregate {id}') from None

    @extensions.expected_errors((400, 404))
    @wsgi.action('set_metadata')
    @validation.schema(schemas.set_metadata)
    def _set_metadata(self, req, id, body):
        req.context.can(policies.ROOT % 'set_metadata')
        with _http_errors():
            return self._view_builder.show(self.api.update_aggregate_metadata(
                req.context, id, body['set_metadata']['metadata']))


@contextlib.contextmanager
def _http_errors():
    """What the backend raises about aggregates, as HTTP errors."""
    try:
        yield
    except (exception.AggregateNotFound, exception.ComputeHostNotFound) as e:
        raise webob.exc.HTTPNotFound(explanation=e.message) from None
    except (exception.AggregateNameExists, exception.AggregateHostExists) as e:
        raise webob.exc.HTTPConflict(explanation=e.message) from None
    except exception.InvalidAggregateAction as e:
        raise webob.exc.HTTPBadRequest(explanation=e.message) from None


def _stripped(values: dict) -> dict:
    return {key: value and value.strip() for key, value in values.items()}


class Aggregates(extensions.V21APIExtensionBase):
    """The resource os-aggregates."""

    name = 'Aggregates'
    alias = ALIAS
    description = 'Admin-only aggregate administration.'

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, AggregateController(), member_name='aggregate',
            member_actions={'action': 'POST'})]

    def get_controller_extensions(self):
        return []
