"""Flavors: list, detail, show."""

import webob.exc
from oslo_utils import strutils

from minova import compute, exception
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.views import flavors as flavors_view

ALIAS = 'flavors'
_BEYOND = 2 ** 31


class FlavorsController(wsgi.Controller):

    _view_builder_class = flavors_view.ViewBuilder

    def __init__(self):
        super().__init__()
        self.flavor_api = compute.FlavorAPI()

    @extensions.expected_errors(400)
    def index(self, req):
        return self._view_builder.index(req, self._get_flavors(req))

    @extensions.expected_errors(400)
    def detail(self, req):
        flavors = self._get_flavors(req)
        req.cache_db_flavors(flavors)
        return self._view_builder.detail(req, flavors)

    @extensions.expected_errors(404)
    def show(self, req, id):
        flavor = common.get_flavor(self.flavor_api, req.context, id)
        req.cache_db_flavor(flavor)
        return self._view_builder.show(req, flavor)

    def _get_flavors(self, req) -> list[dict]:
        context, params = req.context, req.GET
        limit, marker = common.get_limit_and_marker(req)
        filters = {}
        if context.is_admin:
            filters['is_public'] = _parse_is_public(params.get('is_public'))
        else:
            filters['is_public'] = True
            filters['disabled'] = False
        for param, key, name in (('minRam', 'min_memory_mb', 'min_ram'),
                                 ('minDisk', 'min_root_gb', 'minDisk')):
            if param in params:
                filters[key] = _parse_number(params[param], name)
        sort_dir = params.get('sort_dir') or 'asc'
        if sort_dir not in ('asc', 'desc'):
            raise webob.exc.HTTPBadRequest(
                explanation="Unknown sort direction, must be 'desc' or 'asc'")
        try:
            return self.flavor_api.get_all(
                context, filters, params.get('sort_key') or 'flavorid', sort_dir,
                limit=limit, marker=marker)
        except exception.InvalidSortKey as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None
        except exception.MarkerNotFound:
            raise webob.exc.HTTPBadRequest(explanation=f'marker [{marker}] not found') from None


def _parse_is_public(value: str | None) -> bool | None:
    """True and False are themselves, 'none' is both; administrators see public ones by default."""
    if value is None:
        return True
    if value.lower() == 'none':
        return None
    try:
        return strutils.bool_from_string(value, strict=True)
    except ValueError:
        raise webob.exc.HTTPBadRequest(
            explanation=f'Invalid is_public filter [{value}]') from None


def _parse_number(value: str, name: str) -> int:
    try:
        # Beyond what columns hold all numbers are alike, and SQLite takes none beyond 64 bits.
        # '1_0' is none: that came with Python 3.
        return max(-_BEYOND, min(_BEYOND, int(value.replace('_', 'x'))))
    except ValueError:
        raise webob.exc.HTTPBadRequest(explanation=f'Invalid {name} filter [{value}]') from None


class Flavors(extensions.V21APIExtensionBase):
    """The list of flavors."""

    name = 'Flavors'
    alias = ALIAS
    listed = False
    absorbed = (('OS-FLV-DISABLED', 'FlavorDisabled'), ('OS-FLV-EXT-DATA', 'FlavorExtraData'),
                ('os-flavor-swap', 'FlavorSwap'))

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, FlavorsController(), member_name='flavor', collection_actions={'detail': 'GET'},
            member_actions={'action': 'POST'})]

    def get_controller_extensions(self):
        return []
