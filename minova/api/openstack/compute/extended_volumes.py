"""Adds os-extended-volumes:volumes_attached to servers."""

from minova.api.openstack import extensions, wsgi
from minova.policies import extended_volumes as policies

ALIAS = 'os-extended-volumes'


class ExtendedVolumesController(wsgi.Controller):

    def _extend(self, req, views: list[dict]) -> None:
        if req.context.can(policies.BASE, fatal=False):
            for view in views:
                volume_ids = req.get_db_instance(view['id'])['volumes_attached']
                view[f'{ALIAS}:volumes_attached'] = [{'id': v} for v in volume_ids]

    @wsgi.extends
    def show(self, req, resp_obj, id):
        self._extend(req, [resp_obj.obj['server']])

    @wsgi.extends
    def detail(self, req, resp_obj):
        self._extend(req, resp_obj.obj['servers'])


class ExtendedVolumes(extensions.V21APIExtensionBase):
    """The attribute os-extended-volumes:volumes_attached."""

    name = 'ExtendedVolumes'
    alias = ALIAS
    description = 'Extended Volumes support.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', ExtendedVolumesController())]
