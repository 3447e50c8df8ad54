"""Volumes of the embedded volume service."""

import uuid

from minova import exception
from minova.conf import CONF
from minova.db import engine
from minova.db import snapshots as db_snapshots
from minova.db import volumes as db
from minova.db.types import utcnow
from minova.volume.embedded import common, quotas

_MAX_SIZE = 0x7FFFFFFF      # GiB
#: The columns of a volume that is nowhere.
DETACHED = {
    'attach_status': 'detached', 'instance_uuid': None, 'mountpoint': None, 'attach_time': None,
    'attachment_id': None, 'attachment_status': None, 'attach_mode': None, 'attached_host': None,
    'connector': None}
_DELETABLE = ('available', 'error')
_CHANGEABLE = frozenset(('display_name', 'display_description', 'bootable', 'readonly'))


class VolumeMixin:

    def get(self, context, volume_id):
        volume = db.get(volume_id, common.eyes(context))
        if volume is None:
            raise exception.VolumeNotFound(volume_id=volume_id)
        return volume

    def get_all(self, context, limit=None, offset=0, *, filters=(), sort=(), marker=None,
                all_projects=False):
        return common.page(db, context, limit, offset, filters, sort, marker, all_projects)

    def count(self, context, *, filters=(), all_projects=False):
        return db.count(common.listed_for(context, all_projects), common.conditions(db, filters))

    def summarize(self, context, *, metadata=False, all_projects=False):
        whose = common.listed_for(context, all_projects)
        count, size = db.totals(whose)
        summary = {'total_count': count, 'total_size': size}
        if metadata:
            values = {}
            for items in db.different_metadata(whose):
                for name, value in items.items():
                    values.setdefault(name, set()).add(value)
            summary['metadata'] = {name: sorted(found) for name, found in values.items()}
        return summary

    def create(self, context, size, name, description, *, snapshot=None, source=None, image_id=None,
               image_metadata=None, volume_type=None, volume_type_id=None, metadata=None,
               availability_zone=None):
        _check_size(size)
        if snapshot is not None:
            _check_snapshot(size, snapshot)
        if source is not None:
            _check_source(size, source)
        common.check_lengths(display_name=name, display_description=description,
                             volume_type=volume_type, availability_zone=availability_zone)
        volume = {
            'id': str(uuid.uuid4()), 'user_id': context.user_id, 'project_id': context.project_id,
            'size': size, 'display_name': name, 'display_description': description,
            'snapshot_id': snapshot['id'] if snapshot else None,
            'source_volid': source['id'] if source else None,
            'image_id': image_id, 'image_metadata': image_metadata, 'bootable': image_id is not None,
            'readonly': None, 'volume_type': volume_type, 'volume_type_id': volume_type_id,
            'metadata': {str(k): str(v) for k, v in (metadata or {}).items()},
            'availability_zone': availability_zone or CONF.storage_availability_zone,
            'created_at': utcnow(), **DETACHED}
        # The volume of a snapshot is there as long as that.
        origin = source or (snapshot and db.get(snapshot['volume_id']))
        if origin:
            volume |= {'bootable': origin['bootable'], 'image_metadata': origin['image_metadata']}
        self._insert(context, volume | {'status': 'available'})
        return volume | {'status': 'creating', 'updated_at': None}

    @staticmethod
    @engine.retry_on_conflict
    def _insert(context, volume: dict) -> None:
        with engine.writer() as conn:
            type_id = volume['volume_type_id']
            if type_id is not None and not db.lock_type(conn, type_id):
                raise exception.VolumeTypeNotFound(volume_type_id=type_id)
            if db.create(conn, volume):
                quotas.reserve(conn, context, volume['project_id'], _share(volume), volume['size'])

    def update(self, context, volume_id, values):
        unknown = set(values) - _CHANGEABLE
        if unknown:
            raise ValueError(f'a volume has no {", ".join(sorted(unknown))} to be changed')
        common.check_lengths(**{key: values[key] for key in ('display_name', 'display_description')
                                if key in values})
        volume = self.get(context, volume_id)
        if values:
            db.compare_and_swap(volume['id'], {}, values)
        return self.get(context, volume_id)

    def update_metadata(self, context, volume_id, metadata, *, of_image=False, whole=False):
        volume = self.get(context, volume_id)
        items = db.change_items(volume['id'], _items(of_image), metadata, whole=whole)
        if items is None:
            raise exception.VolumeNotFound(volume_id=volume_id)
        return items

    def delete_metadata(self, context, volume_id, key, *, of_image=False):
        volume = self.get(context, volume_id)
        try:
            items = db.change_items(volume['id'], _items(of_image), {}, without=key)
        except KeyError:
            raise exception.VolumeMetadataNotFound(volume_id=volume_id, metadata_key=key) from None
        if items is None:
            raise exception.VolumeNotFound(volume_id=volume_id)

    @engine.retry_on_conflict
    def extend(self, context, volume_id, size, *, attached=False):
        self.get(context, volume_id)
        _check_size(size)
        with engine.writer() as conn:
            volume = _locked(conn, volume_id)
            if size <= volume['size']:
                raise exception.InvalidInput(
                    reason='New size for extend must be greater than current size. (current: '
                           f'{volume["size"]}, extended: {size}).')
            expected = 'in-use' if attached and volume['status'] == 'in-use' else 'available'
            if volume['status'] != expected:
                raise exception.InvalidVolume(
                    reason=f"Volume {volume_id} status must be '{expected}' to extend, currently "
                           f"{volume['status']}.")
            db.compare_and_swap(volume_id, {}, {'size': size})
            quotas.reserve(conn, context, volume['project_id'],
                           {'gigabytes': size - volume['size']}, size)

    @engine.retry_on_conflict
    def retype(self, context, volume_id, volume_type):
        self.get(context, volume_id)
        with engine.writer() as conn:
            if not db.lock_type(conn, volume_type['id']):
                raise exception.VolumeTypeNotFound(volume_type_id=volume_type['id'])
            volume = _locked(conn, volume_id)
            if volume['volume_type_id'] == volume_type['id']:
                raise exception.InvalidInput(
                    reason=f'New volume_type same as original: {volume_type["id"]}.')
            if volume['status'] not in ('available', 'in-use'):
                raise exception.InvalidVolume(
                    reason='Retype needs volume to be in available or in-use state, not be part of '
                           'an active migration or a consistency group, requested type has to be '
                           'different that the one from the volume, and for in-use volumes '
                           'front-end qos specs cannot change.')
            db.compare_and_swap(volume_id, {}, {
                'volume_type': volume_type['name'], 'volume_type_id': volume_type['id']})

    def reset_status(self, context, volume_id, status=None, attach_status=None):
        volume = self.get(context, volume_id)
        values = {'status': status} if status else {}
        if attach_status == 'detached':
            values |= DETACHED
        elif attach_status:
            values['attach_status'] = attach_status
        if values:
            db.compare_and_swap(volume['id'], {}, values)

    def delete(self, context, volume_id, *, cascade=False, force=False):
        volume = self.get(context, volume_id)
        if self._delete(volume, cascade, force):
            return
        volume = self.get(context, volume_id)
        if not force and volume['status'] not in _DELETABLE:
            reason = ('Invalid volume: Volume status must be available or error, but current '
                      f'status is: {volume["status"]}')
        elif force and volume['attach_status'] == 'attached':
            reason = 'Invalid volume: Volume must not be attached to be deleted by force.'
        else:
            dependent = db_snapshots.count(None, [
                db_snapshots.condition('volume_id', '=', volume['id'])])
            reason = f'Invalid volume: Volume still has {dependent} dependent snapshots.'
        raise exception.InvalidInput(reason=reason)

    @staticmethod
    @engine.retry_on_conflict
    def _delete(volume: dict, cascade: bool, force: bool) -> bool:
        """Whether it could be deleted; otherwise nothing was."""
        try:
            with engine.writer() as conn:
                volume = _locked(conn, volume['id'])
                if cascade:
                    for snapshot in db_snapshots.get_of_volume(volume['id']):
                        db_snapshots.delete(conn, snapshot['id'])
                        quotas.release(conn, snapshot['project_id'], {
                            'snapshots': 1, 'gigabytes': snapshot['volume_size']})
                if not db.delete(conn, volume, None if force else _DELETABLE):
                    if cascade:
                        raise _Undone()
                    return False
                quotas.release(conn, volume['project_id'], _share(volume))
                return True
        except _Undone:
            return False

    # ---- the way into a server and back

    def reserve_volume(self, context, volume_id):
        volume = self.get(context, volume_id)
        if not db.compare_and_swap(volume['id'], {'status': 'available'}, {'status': 'attaching'}):
            self._refuse(context, volume_id, 'available')

    def unreserve_volume(self, context, volume_id):
        db.compare_and_swap(volume_id, {'status': 'attaching', 'attachment_id': None},
                            {'status': 'available'})

    def attach(self, context, volume_id, instance_uuid, mountpoint, *, host=None, mode='rw',
               available=False):
        where = {'instance_uuid': instance_uuid, 'mountpoint': mountpoint, 'attached_host': host}
        statuses = ('attaching', 'available') if available else ('attaching',)
        if db.compare_and_swap(volume_id, {'status': statuses, 'attachment_id': None}, {
                'status': 'in-use', 'attach_status': 'attached', 'attach_time': utcnow(),
                'attachment_id': str(uuid.uuid4()), 'attachment_status': 'attached',
                'attach_mode': mode, **where}):
            return
        volume = self.get(context, volume_id)
        if volume['status'] != 'in-use' or volume['instance_uuid'] != instance_uuid:
            self._refuse(context, volume_id, 'attaching')

    def begin_detaching(self, context, volume_id):
        volume = self.get(context, volume_id)
        if not db.compare_and_swap(volume['id'], {'status': 'in-use'}, {'status': 'detaching'}):
            self._refuse(context, volume_id, 'in-use')

    def roll_detaching(self, context, volume_id):
        db.compare_and_swap(volume_id, {'status': 'detaching'}, {'status': 'in-use'})

    def detach(self, context, volume_id, instance_uuid):
        db.compare_and_swap(
            volume_id, {'status': ('in-use', 'detaching'), 'instance_uuid': instance_uuid},
            {'status': 'available', **DETACHED})

    def _refuse(self, context, volume_id: str, expected: str) -> None:
        volume = self.get(context, volume_id)
        raise exception.InvalidVolume(
            reason=f"volume '{volume_id}' status must be '{expected}'. Currently in "
                   f"'{volume['status']}'")


class _Undone(Exception):
    """What was begun in a transaction is not to be kept."""


def _locked(conn, volume_id: str) -> dict:
    volume = db.lock(conn, volume_id)
    if volume is None:
        raise exception.VolumeNotFound(volume_id=volume_id)
    return volume


def _share(volume: dict) -> dict[str, int]:
    """What is counted for a volume."""
    return {'volumes': 1, 'gigabytes': volume['size']}


def _items(of_image: bool) -> str:
    """The column that holds such metadata."""
    return 'image_metadata' if of_image else 'metadata'


# ---- checks

def _check_size(size: int) -> None:
    if size <= 0:
        raise exception.InvalidInput(
            reason=f"Volume size '{size}' must be an integer and greater than 0")
    if size > _MAX_SIZE:
        raise exception.InvalidInput(reason=f'Volume size {size} is too large')


def _check_snapshot(size: int, snapshot: dict) -> None:
    # One that was just answered as creating is ready all the same.
    if snapshot['status'] not in ('available', 'creating'):
        raise exception.InvalidInput(
            reason="Invalid snapshot: Originating snapshot status must be one of 'available' values")
    if size < snapshot['volume_size']:
        raise exception.InvalidInput(
            reason=f"Volume size '{size}'GB cannot be smaller than the snapshot size "
                   f"{snapshot['volume_size']}GB. They must be >= original snapshot size.")


def _check_source(size: int, source: dict) -> None:
    if source['status'] not in ('available', 'in-use'):
        raise exception.InvalidInput(
            reason='Invalid volume: Source volume status must be available or in-use, but current '
                   f'status is: {source["status"]}')
    if size < source['size']:
        raise exception.InvalidInput(
            reason=f"Volume size '{size}'GB cannot be smaller than original volume size "
                   f"{source['size']}GB. They must be >= original volume size.")
