"""Adds rxtx_factor to flavors."""

from minova.api.openstack import attributes, extensions, wsgi
from minova.policies import flavor_rxtx as policies

ALIAS = 'os-flavor-rxtx'


class FlavorRxtxController(attributes.AttributesController):
    noun = 'flavor'
    rule = policies.BASE

    def add(self, req, views: list[dict]) -> None:
        for view in views:
            view['rxtx_factor'] = req.get_db_flavor(view['id'])['rxtx_factor'] or ''

    @wsgi.extends(action='create')
    def create(self, req, resp_obj, body):
        self.extend(req, [resp_obj.obj['flavor']])


class FlavorRxtx(extensions.V21APIExtensionBase):
    """The attribute rxtx_factor."""

    name = 'FlavorRxtx'
    alias = ALIAS
    description = 'Support to show the rxtx status of a flavor.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'flavors', FlavorRxtxController())]
