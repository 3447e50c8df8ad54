"""Adds the size to images."""

from minova.api.openstack import attributes, extensions
from minova.policies import image_size as policies

ALIAS = 'OS-EXT-IMG-SIZE'


class ImageSizeController(attributes.AttributesController):
    noun = 'image'
    rule = policies.BASE

    def add(self, req, views: list[dict]) -> None:
        for view in views:
            view['OS-EXT-IMG-SIZE:size'] = req.get_db_item('images', view['id'])['size']


class ImageSize(extensions.V21APIExtensionBase):
    """The attribute OS-EXT-IMG-SIZE:size."""

    name = 'ImageSize'
    alias = ALIAS
    description = 'Adds image size to image listings.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'images', ImageSizeController())]
