"""Attachments of the embedded volume service: columns of the volume."""

import uuid

from minova import exception
from minova.db import volumes as db
from minova.db.types import utcnow
from minova.volume.embedded import common
from minova.volume.embedded.volumes import DETACHED


class AttachmentMixin:

    def get_attachment(self, context, attachment_id):
        volume = db.get_by_attachment(attachment_id, common.eyes(context))
        if volume is None:
            raise exception.VolumeAttachmentNotFound(filter=f'attachment_id = {attachment_id}')
        return volume

    def get_all_attachments(self, context, limit=None, offset=0, *, filters=(), marker=None,
                            all_projects=False):
        if marker is not None:
            volume = db.get_by_attachment(marker, common.listed_for(context, all_projects))
            if volume is None:
                raise exception.MarkerNotFound(marker=marker)
            marker = volume['id']
        return db.get_page(
            common.listed_for(context, all_projects), limit, offset, marker=marker,
            conditions=[db.is_attached(), *common.conditions(db, filters)]) or []

    def create_attachment(self, context, volume_id, instance_uuid, connector=None, mode=None):
        volume = self.get(context, volume_id)
        attachment_id = str(uuid.uuid4())
        status = 'attaching' if connector else 'reserved'
        if not db.compare_and_swap(volume_id, {'status': 'available'}, {
                'status': status, 'attachment_status': status, 'attachment_id': attachment_id,
                'instance_uuid': instance_uuid, 'attach_mode': mode or _mode(volume),
                **_connected(connector or {})}):
            volume = self.get(context, volume_id)
            raise exception.InvalidVolume(
                reason=f'Volume {volume_id} status must be available to reserve, but the current '
                       f'status is {volume["status"]}.')
        return self.get_attachment(context, attachment_id)

    def update_attachment(self, context, attachment_id, connector):
        volume = self.get_attachment(context, attachment_id)
        if not db.compare_and_swap(
                volume['id'], {'attachment_id': attachment_id, 'attachment_status': 'reserved'},
                {'status': 'attaching', 'attachment_status': 'attaching', **_connected(connector)}):
            # What is connected already may be connected anew, elsewhere.
            db.compare_and_swap(volume['id'], {'attachment_id': attachment_id}, _connected(connector))
        return self.get_attachment(context, attachment_id)

    def complete_attachment(self, context, attachment_id):
        volume = self.get_attachment(context, attachment_id)
        if db.compare_and_swap(
                volume['id'], {'attachment_id': attachment_id, 'attachment_status': 'attaching'},
                {'status': 'in-use', 'attach_status': 'attached', 'attachment_status': 'attached',
                 'attach_time': utcnow()}):
            return
        volume = self.get_attachment(context, attachment_id)
        if volume['attachment_status'] != 'attached':
            raise exception.InvalidVolume(
                reason=f'Volume status must be attaching to complete the attachment {attachment_id}, '
                       f'but current status is: {volume["status"]}')

    def delete_attachment(self, context, attachment_id):
        volume = self.get_attachment(context, attachment_id)
        if not db.compare_and_swap(volume['id'], {'attachment_id': attachment_id},
                                   {'status': 'available', **DETACHED}):
            raise exception.VolumeAttachmentNotFound(filter=f'attachment_id = {attachment_id}')


def _mode(volume: dict) -> str:
    return 'ro' if volume['readonly'] else 'rw'


def _connected(connector: dict) -> dict:
    return {'connector': connector or None, 'attached_host': connector.get('host'),
            'mountpoint': connector.get('mountpoint')}
