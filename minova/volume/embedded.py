"""The embedded volume service: volumes are rows of minova's own database, and have no content.

Nothing has to be copied, so a volume is available in the moment in which it is made.
"""

import uuid

from minova import exception
from minova.db import snapshots as db_snapshots
from minova.db import volumes as db
from minova.db.types import utcnow
from minova.volume import contract

_MAX_LENGTH = 255       # of names and descriptions
_DETACHED = {'attach_status': 'detached', 'instance_uuid': None, 'mountpoint': None,
             'attach_time': None}
_DELETABLE = ('available', 'error')


class API(contract.API):

    # ---- volumes

    def get(self, context, volume_id):
        volume = db.get(volume_id, _eyes(context))
        if volume is None:
            raise exception.VolumeNotFound(volume_id=volume_id)
        return volume

    def get_all(self, context, limit=None, offset=0):
        return db.get_all(context.project_id, limit, offset)

    def create(self, context, size, name, description, *, snapshot=None, image_id=None,
               volume_type=None, metadata=None, availability_zone=None):
        if size <= 0:
            raise exception.InvalidInput(
                reason=f"Volume size '{size}' must be an integer and greater than 0")
        if snapshot is not None and size < snapshot['volume_size']:
            raise exception.InvalidInput(
                reason=f"Volume size '{size}'GB cannot be smaller than the snapshot size "
                       f"{snapshot['volume_size']}GB. They must be >= original snapshot size.")
        if size > 0x7FFFFFFF:
            raise exception.InvalidInput(reason=f'Volume size {size} is too large')
        _check_lengths(display_name=name, display_description=description, volume_type=volume_type,
                       availability_zone=availability_zone)
        volume = {
            'id': str(uuid.uuid4()), 'user_id': context.user_id, 'project_id': context.project_id,
            'size': size, 'display_name': name, 'display_description': description,
            'snapshot_id': snapshot['id'] if snapshot else None, 'image_id': image_id,
            'bootable': image_id is not None or _is_bootable(snapshot),
            'volume_type': volume_type,
            'metadata': {str(k): str(v) for k, v in (metadata or {}).items()},
            'availability_zone': availability_zone or 'nova', 'created_at': utcnow(), **_DETACHED}
        db.create(volume | {'status': 'available'})
        return volume | {'status': 'creating', 'updated_at': None}

    def delete(self, context, volume_id):
        volume = self.get(context, volume_id)
        if db.delete(volume['id'], _DELETABLE):
            return
        volume = self.get(context, volume_id)
        if volume['status'] not in _DELETABLE:
            reason = ('Invalid volume: Volume status must be available or error, but current '
                      f'status is: {volume["status"]}')
        else:
            reason = ('Invalid volume: Volume still has '
                      f'{db_snapshots.count_of_volume(volume["id"])} dependent snapshots.')
        raise exception.InvalidInput(reason=reason)

    # ---- attachments

    def reserve_volume(self, context, volume_id):
        volume = self.get(context, volume_id)
        if not db.compare_and_swap(volume['id'], {'status': 'available'}, {'status': 'attaching'}):
            volume = self.get(context, volume_id)
            raise exception.InvalidVolume(
                reason=f"volume '{volume['id']}' status must be 'available'. Currently in "
                       f"'{volume['status']}'")

    def unreserve_volume(self, context, volume_id):
        db.compare_and_swap(volume_id, {'status': 'attaching'}, {'status': 'available'})

    def attach(self, context, volume_id, instance_uuid, mountpoint):
        where = {'instance_uuid': instance_uuid, 'mountpoint': mountpoint}
        if db.compare_and_swap(volume_id, {'status': 'attaching'}, {
                'status': 'in-use', 'attach_status': 'attached', 'attach_time': utcnow(), **where}):
            return
        volume = self.get(context, volume_id)
        if volume['status'] != 'in-use' or volume['instance_uuid'] != instance_uuid:
            raise exception.InvalidVolume(
                reason=f"volume '{volume_id}' status must be 'attaching'. Currently in "
                       f"'{volume['status']}'")

    def begin_detaching(self, context, volume_id):
        volume = self.get(context, volume_id)
        if not db.compare_and_swap(volume['id'], {'status': 'in-use'}, {'status': 'detaching'}):
            volume = self.get(context, volume_id)
            raise exception.InvalidVolume(
                reason=f"volume '{volume['id']}' status must be 'in-use'. Currently in "
                       f"'{volume['status']}'")

    def roll_detaching(self, context, volume_id):
        db.compare_and_swap(volume_id, {'status': 'detaching'}, {'status': 'in-use'})

    def detach(self, context, volume_id, instance_uuid):
        db.compare_and_swap(
            volume_id, {'status': ('in-use', 'detaching'), 'instance_uuid': instance_uuid},
            {'status': 'available', **_DETACHED})

    # ---- snapshots

    def get_snapshot(self, context, snapshot_id):
        snapshot = db_snapshots.get(snapshot_id, _eyes(context))
        if snapshot is None:
            raise exception.SnapshotNotFound(snapshot_id=snapshot_id)
        return snapshot

    def get_all_snapshots(self, context, limit=None, offset=0):
        return db_snapshots.get_all(context.project_id, limit, offset)

    def create_snapshot(self, context, volume_id, name, description, force=False):
        volume = self.get(context, volume_id)
        _check_lengths(display_name=name, display_description=description)
        snapshot = {
            'id': str(uuid.uuid4()), 'user_id': context.user_id, 'project_id': context.project_id,
            'volume_id': volume['id'], 'volume_size': volume['size'], 'display_name': name,
            'display_description': description, 'metadata': {}, 'created_at': utcnow()}
        statuses = ('available', 'in-use') if force else ('available',)
        if not db_snapshots.create(
                snapshot | {'status': 'available', 'progress': '100%'}, statuses):
            volume = self.get(context, volume_id)
            raise exception.InvalidInput(
                reason='Invalid volume: Volume must be '
                       f'{"available or in-use" if force else "available"}, but its status is: '
                       f'{volume["status"]}')
        return snapshot | {'status': 'creating', 'progress': '0%', 'updated_at': None}

    def delete_snapshot(self, context, snapshot_id):
        snapshot = self.get_snapshot(context, snapshot_id)
        if not db_snapshots.delete(snapshot['id']):
            raise exception.SnapshotNotFound(snapshot_id=snapshot_id)


def _is_bootable(snapshot: dict | None) -> bool:
    """Whether the volume was, which is there as long as it has a snapshot."""
    return snapshot is not None and db.get(snapshot['volume_id'])['bootable']


def _eyes(context) -> str | None:
    """Whose view this is: a project's; None, an administrator's, is everything."""
    return None if context.is_admin else context.project_id


def _check_lengths(**texts: str | None) -> None:
    """Raises InvalidInput."""
    for name, text in texts.items():
        if text is not None and len(text) > _MAX_LENGTH:
            raise exception.InvalidInput(
                reason=f'{name} has {len(text)} characters, more than {_MAX_LENGTH}.')
