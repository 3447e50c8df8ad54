"""Snapshots of the embedded volume service."""

import uuid

from minova import exception
from minova.db import engine
from minova.db import snapshots as db
from minova.db import volumes as db_volumes
from minova.db.types import utcnow
from minova.volume.embedded import common, quotas

_DELETABLE = ('available', 'error')
_CHANGEABLE = frozenset(('display_name', 'display_description', 'status', 'progress'))


class SnapshotMixin:

    def get_snapshot(self, context, snapshot_id):
        snapshot = db.get(snapshot_id, common.eyes(context))
        if snapshot is None:
            raise exception.SnapshotNotFound(snapshot_id=snapshot_id)
        return snapshot

    def get_all_snapshots(self, context, limit=None, offset=0, *, filters=(), sort=(), marker=None,
                          all_projects=False):
        return common.page(db, context, limit, offset, filters, sort, marker, all_projects)

    def count_snapshots(self, context, *, filters=(), all_projects=False):
        return db.count(common.listed_for(context, all_projects), common.conditions(db, filters))

    def create_snapshot(self, context, volume_id, name, description, force=False, metadata=None):
        volume = self.get(context, volume_id)
        common.check_lengths(display_name=name, display_description=description)
        snapshot = {
            'id': str(uuid.uuid4()), 'user_id': context.user_id, 'project_id': context.project_id,
            'volume_id': volume['id'], 'display_name': name, 'display_description': description,
            'metadata': dict(metadata or {}), 'created_at': utcnow()}
        statuses = ('available', 'in-use') if force else ('available',)
        snapshot |= self._insert_snapshot(context, snapshot, statuses)
        return snapshot | {'status': 'creating', 'progress': '0%', 'updated_at': None}

    @staticmethod
    @engine.retry_on_conflict
    def _insert_snapshot(context, snapshot: dict, statuses: tuple[str, ...]) -> dict:
        """What it has of its volume, which is locked until the snapshot is there."""
        with engine.writer() as conn:
            volume = db_volumes.lock(conn, snapshot['volume_id'])
            if volume is None:
                raise exception.VolumeNotFound(volume_id=snapshot['volume_id'])
            if volume['status'] not in statuses:
                raise exception.InvalidInput(
                    reason=f'Invalid volume: Volume must be {" or ".join(statuses)}, but its status '
                           f'is: {volume["status"]}')
            size = {'volume_size': volume['size']}
            if db.create(conn, snapshot | size | {'status': 'available', 'progress': '100%'}):
                quotas.reserve(conn, context, snapshot['project_id'],
                               {'snapshots': 1, 'gigabytes': volume['size']}, 0)
            return size

    def update_snapshot(self, context, snapshot_id, values):
        unknown = set(values) - _CHANGEABLE
        if unknown:
            raise ValueError(f'a snapshot has no {", ".join(sorted(unknown))} to be changed')
        common.check_lengths(**{key: values[key] for key in ('display_name', 'display_description')
                                if key in values})
        snapshot = self.get_snapshot(context, snapshot_id)
        if values:
            db.compare_and_swap(snapshot['id'], {}, values)
        return self.get_snapshot(context, snapshot_id)

    def update_snapshot_metadata(self, context, snapshot_id, metadata, *, whole=False):
        snapshot = self.get_snapshot(context, snapshot_id)
        items = db.change_items(snapshot['id'], 'metadata', metadata, whole=whole)
        if items is None:
            raise exception.SnapshotNotFound(snapshot_id=snapshot_id)
        return items

    def delete_snapshot_metadata(self, context, snapshot_id, key):
        snapshot = self.get_snapshot(context, snapshot_id)
        try:
            items = db.change_items(snapshot['id'], 'metadata', {}, without=key)
        except KeyError:
            raise exception.SnapshotMetadataNotFound(
                snapshot_id=snapshot_id, metadata_key=key) from None
        if items is None:
            raise exception.SnapshotNotFound(snapshot_id=snapshot_id)

    @engine.retry_on_conflict
    def delete_snapshot(self, context, snapshot_id, *, force=True):
        self.get_snapshot(context, snapshot_id)
        with engine.writer() as conn:
            snapshot = db.lock(conn, snapshot_id)
            if snapshot is None:
                raise exception.SnapshotNotFound(snapshot_id=snapshot_id)
            if not force and snapshot['status'] not in _DELETABLE:
                raise exception.InvalidInput(
                    reason='Invalid snapshot: Volume Snapshot status must be available or error, '
                           f'but current status is: {snapshot["status"]}')
            db.delete(conn, snapshot_id)
            quotas.release(conn, snapshot['project_id'], {
                'snapshots': 1, 'gigabytes': snapshot['volume_size']})
