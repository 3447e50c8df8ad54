"""Adds rxtx_factor to flavors."""

from minova.api.openstack import extensions, wsgi
from minova.policies import flavor_rxtx as policies

ALIAS = 'os-flavor-rxtx'


class FlavorRxtxController(wsgi.Controller):

    def _extend(self, req, views: list[dict]) -> None:
        if req.context.can(policies.BASE, fatal=False):
            for view in views:
                view['rxtx_factor'] = req.get_db_flavor(view['id'])['rxtx_factor'] or ''

    @wsgi.extends
    def show(self, req, resp_obj, id):
        self._extend(req, [resp_obj.obj['flavor']])

    @wsgi.extends(action='create')
    def create(self, req, resp_obj, body):
        self._extend(req, [resp_obj.obj['flavor']])

    @wsgi.extends
    def detail(self, req, resp_obj):
        self._extend(req, resp_obj.obj['flavors'])


class FlavorRxtx(extensions.V21APIExtensionBase):
    """The attribute rxtx_factor."""

    name = 'FlavorRxtx'
    alias = ALIAS
    description = 'Support to show the rxtx status of a flavor.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'flavors', FlavorRxtxController())]
