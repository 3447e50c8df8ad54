"""Images of servers, and shelving, which makes one."""

import dataclasses

from minova import exception, image
from minova.compute import actions, block_device, states
from minova.compute.api_base import Accepting
from minova.db import instances as db

# Of a volume Nova takes none while the server is paused or suspended.
_OF_VOLUME = dataclasses.replace(
    actions.CREATE_IMAGE, vm_states=frozenset((states.ACTIVE, states.STOPPED)))


class SnapshotAPI(Accepting):

    def snapshot(self, context, instance, name, extra_properties=None):
        action = _OF_VOLUME if block_device.is_volume_backed(instance) else actions.CREATE_IMAGE
        return self._take(context, instance, action, name, 'snapshot', extra_properties or {})

    def backup(self, context, instance, name, backup_type, rotation, extra_properties=None):
        if block_device.is_volume_backed(instance):
            actions.check(context, instance, actions.CREATE_BACKUP)
            raise exception.InvalidRequest()
        properties = {**(extra_properties or {}), 'backup_type': backup_type}
        return self._take(context, instance, actions.CREATE_BACKUP, name, 'backup', properties,
                          backup_type=backup_type, rotation=rotation)

    def _take(self, context, instance: dict, action: actions.Action, name: str, image_type: str,
              properties: dict, **args) -> dict:
        """Accept an action that fills an image; the image."""
        made = {}

        def prepare(conn) -> dict:
            made.update(self._create_image(context, instance, name, image_type, properties))
            return {'image_id': made['id']}
        self._accept(context, instance, action, prepare=prepare, **args)
        return made

    @staticmethod
    def _create_image(context, instance: dict, name: str, image_type: str,
                      properties: dict) -> dict:
        """An image that is to be filled from the server; it inherits from that of the server."""
        everything = db.get(instance['uuid'], everything=True)
        if everything is None:
            raise exception.InstanceNotFound(instance_id=instance['uuid'])
        inherited = {k.removeprefix('image_'): v for k, v in everything['system_metadata'].items()
                     if k.startswith('image_')}
        return image.API().create(context, {
            'name': name, 'status': 'saving', 'min_disk': instance['root_gb'] or 0, 'properties': {
                **inherited, 'base_image_ref': instance['image_ref'] or '',
                'instance_uuid': instance['uuid'], 'user_id': str(context.user_id),
                'image_type': image_type, **properties}})

    def shelve(self, context, instance):
        if block_device.is_volume_backed(instance):
            self._accept(context, instance, actions.SHELVE, image_id=None)
            return
        self._take(context, instance, actions.SHELVE, f"{instance['display_name']}-shelved",
                   'snapshot', {})

    def shelve_offload(self, context, instance):
        self._accept(context, instance, actions.SHELVE_OFFLOAD)

    def unshelve(self, context, instance):
        self._accept(context, instance, actions.UNSHELVE)
