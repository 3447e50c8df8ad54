"""Adds os-extended-volumes:volumes_attached to servers."""

from minova.api.openstack import api_version_request, attributes, extensions
from minova.policies import extended_volumes as policies

ALIAS = 'os-extended-volumes'


class ExtendedVolumesController(attributes.AttributesController):
    rule = policies.BASE

    def add(self, req, views: list[dict]) -> None:
        keys = ['id']
        if api_version_request.is_supported(req, min_version='2.3'):
            keys.append('delete_on_termination')
        for view in views:
            volumes = req.get_db_instance(view['id'])['volumes_attached']
            view[f'{ALIAS}:volumes_attached'] = [{key: volume[key] for key in keys} for volume in volumes]


class ExtendedVolumes(extensions.V21APIExtensionBase):
    """os-extended-volumes:volumes_attached; from 2.3 whether a volume goes with its server."""

    name = 'ExtendedVolumes'
    alias = ALIAS
    description = 'Extended Volumes support.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', ExtendedVolumesController())]
