"""Adds os-extended-volumes:volumes_attached to servers."""

from minova.api.openstack import attributes, extensions
from minova.policies import extended_volumes as policies

ALIAS = 'os-extended-volumes'


class ExtendedVolumesController(attributes.AttributesController):
    rule = policies.BASE

    def add(self, req, views: list[dict]) -> None:
        for view in views:
            volume_ids = req.get_db_instance(view['id'])['volumes_attached']
            view[f'{ALIAS}:volumes_attached'] = [{'id': v} for v in volume_ids]


class ExtendedVolumes(extensions.V21APIExtensionBase):
    """The attribute os-extended-volumes:volumes_attached."""

    name = 'ExtendedVolumes'
    alias = ALIAS
    description = 'Extended Volumes support.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', ExtendedVolumesController())]
