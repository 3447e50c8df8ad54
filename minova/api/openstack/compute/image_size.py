"""Adds the size to images."""

from minova.api.openstack import extensions, wsgi
from minova.policies import image_size as policies

ALIAS = 'OS-EXT-IMG-SIZE'


class ImageSizeController(wsgi.Controller):

    def _extend(self, req, views: list[dict]) -> None:
        if req.context.can(policies.BASE, fatal=False):
            for view in views:
                view['OS-EXT-IMG-SIZE:size'] = req.get_db_item('images', view['id'])['size']

    @wsgi.extends
    def show(self, req, resp_obj, id):
        self._extend(req, [resp_obj.obj['image']])

    @wsgi.extends
    def detail(self, req, resp_obj):
        self._extend(req, resp_obj.obj['images'])


class ImageSize(extensions.V21APIExtensionBase):
    """The attribute OS-EXT-IMG-SIZE:size."""

    name = 'ImageSize'
    alias = ALIAS
    description = 'Adds image size to image listings.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'images', ImageSizeController())]
