"""Cells: the neighbours of this one, and what room they have."""

import functools

import webob.exc
from oslo_utils import strutils, timeutils

from minova import compute, exception
from minova.api import validation
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.schemas import cells as schemas
from minova.policies import cells as policies

ALIAS = 'os-cells'

_HTTP_ERRORS = (
    (exception.FeatureNotSupported, webob.exc.HTTPNotImplemented),
    (exception.CellNotFound, webob.exc.HTTPNotFound),
    (exception.CellsUpdateUnsupported, webob.exc.HTTPForbidden),
    (exception.CellExists, webob.exc.HTTPBadRequest),
)


def _with_cells(func):
    """Decorator: where there are no cells this says so, before it looks at anything else."""
    @functools.wraps(func)
    def wrapped(self, req, **kwargs):
        try:
            self.cells_api.check_enabled(req.context)
            return func(self, req=req, **kwargs)
        except exception.MinovaException as e:
            for cls, http_error in _HTTP_ERRORS:
                if isinstance(e, cls):
                    raise http_error(explanation=e.message) from None
            raise
    return wrapped


class CellsController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.cells_api = compute.CellsAPI()

    @extensions.expected_errors(501)
    @_with_cells
    def index(self, req):
        req.context.can(policies.BASE)
        return {'cells': [_view(cell) for cell in self.cells_api.get_all(req.context)]}

    @extensions.expected_errors(501)
    @_with_cells
    def detail(self, req):
        req.context.can(policies.BASE)
        return {'cells': [{**_view(cell), 'capabilities': cell['capabilities']}
                          for cell in self.cells_api.get_all(req.context)]}

    @extensions.expected_errors(501)
    @_with_cells
    def info(self, req):
        req.context.can(policies.BASE)
        cell = self.cells_api.get_info(req.context)
        return {'cell': {**_view(cell), 'capabilities': cell['capabilities']}}

    @extensions.expected_errors((404, 501))
    @_with_cells
    def capacities(self, req, id=None):
        req.context.can(policies.BASE)
        return {'cell': {'capacities': self.cells_api.get_capacities(req.context, id)}}

    @extensions.expected_errors((404, 501))
    @_with_cells
    def show(self, req, id):
        req.context.can(policies.BASE)
        return {'cell': _view(self.cells_api.get(req.context, id))}

    @extensions.expected_errors((400, 403, 501))
    @_with_cells
    @validation.schema(schemas.create)
    def create(self, req, body):
        req.context.can(policies.CREATE)
        return {'cell': _view(self.cells_api.create(
            req.context, {'type': 'child', **body['cell']}))}

    @extensions.expected_errors((400, 403, 404, 501))
    @_with_cells
    @validation.schema(schemas.update)
    def update(self, req, id, body):
        req.context.can(policies.UPDATE)
        return {'cell': _view(self.cells_api.update(req.context, id, body['cell']))}

    @extensions.expected_errors((403, 404, 501))
    @_with_cells
    def delete(self, req, id):
        req.context.can(policies.DELETE)
        self.cells_api.delete(req.context, id)

    @extensions.expected_errors((400, 501))
    @_with_cells
    @validation.schema(schemas.sync_instances)
    def sync_instances(self, req, body):
        req.context.can(policies.SYNC_INSTANCES)
        updated_since = body.get('updated_since')
        if updated_since is not None:
            updated_since = timeutils.normalize_time(timeutils.parse_isotime(updated_since))
        self.cells_api.sync_instances(
            req.context, body.get('project_id'), updated_since,
            strutils.bool_from_string(body.get('deleted', False)))


def _view(cell: dict) -> dict:
    return {key: cell[key] for key in ('name', 'type', 'username', 'rpc_host', 'rpc_port')}


class Cells(extensions.V21APIExtensionBase):
    """Cells."""

    name = 'Cells'
    alias = ALIAS
    description = ('Enables cells-related functionality such as adding neighbor cells,\n'
                   '    listing neighbor cells, and getting the capabilities of the local cell.\n'
                   '    ')
    absorbed = (('os-cell-capacities', 'CellCapacities'),)

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, CellsController(), member_name='cell',
            collection_actions={'detail': 'GET', 'info': 'GET', 'sync_instances': 'POST',
                                'capacities': 'GET'},
            member_actions={'capacities': 'GET'})]

    def get_controller_extensions(self):
        return []
