"""Volumes in the servers of the default backend: accepting their changes, and carrying them out."""

import logging

from minova import context as minova_context
from minova import exception
from minova import volume as volume_service
from minova.compute import contract, device_names, rpcapi, states, work
from minova.db import block_devices as db
from minova.db import engine, instances

LOG = logging.getLogger(__name__)

_FAILURES = (exception.VirtError, exception.Invalid, exception.NotFound)
_ROOT = '/dev/sda'
_STATES = (states.ACTIVE, states.PAUSED, states.STOPPED, states.RESIZED, states.SOFT_DELETED)


class VolumeAttachmentAPI(contract.VolumeAttachmentAPI):

    def __init__(self):
        self.volume_api = volume_service.API()
        self.compute_rpcapi = rpcapi.ComputeAPI()

    def get_block_devices(self, context, instance):
        return db.get_all(instance['uuid'])

    @engine.retry_on_conflict
    def attach_volume(self, context, instance, volume_id, device=None):
        with engine.writer() as conn:
            instance = _for_change(conn, context, instance, 'attach_volume')
            name = device_names.choose(
                instance['root_device_name'] or _ROOT,
                [row['device_name'] for row in db.get_all(instance['uuid']) if row['device_name']],
                device)
            self.volume_api.reserve_volume(context, volume_id)
            volume = self.volume_api.get(context, volume_id)
            db.insert(conn, instance['uuid'], [{
                'source_type': 'volume', 'destination_type': 'volume', 'volume_id': volume['id'],
                'volume_size': volume['size'], 'device_name': name}])
            self.compute_rpcapi.attach_volume(
                conn, context, instance, volume_id=volume['id'], mountpoint=name)
        return name

    @engine.retry_on_conflict
    def detach_volume(self, context, instance, volume):
        with engine.writer() as conn:
            instance = _for_change(conn, context, instance, 'detach_volume')
            if volume['attach_status'] == 'detached':
                raise exception.InvalidVolume(
                    reason='Volume must be attached in order to detach.')
            if volume['instance_uuid'] != instance['uuid']:
                raise exception.VolumeUnattached(volume_id=volume['id'])
            self.volume_api.begin_detaching(context, volume['id'])
            self.compute_rpcapi.detach_volume(conn, context, instance, volume_id=volume['id'])

    @engine.retry_on_conflict
    def swap_volume(self, context, instance, old_volume, new_volume):
        with engine.writer() as conn:
            instance = _for_change(
                conn, context, instance, 'swap_volume', (*_STATES, states.SUSPENDED))
            if old_volume['attach_status'] == 'detached':
                raise exception.VolumeUnattached(volume_id=old_volume['id'])
            if old_volume['instance_uuid'] != instance['uuid']:
                raise exception.InvalidVolume(
                    reason='Old volume is attached to a different instance.')
            if new_volume['attach_status'] == 'attached':
                raise exception.InvalidVolume(
                    reason='New volume must be detached in order to swap.')
            if new_volume['size'] < old_volume['size']:
                raise exception.InvalidVolume(
                    reason='New volume must be the same size or larger.')
            self.volume_api.begin_detaching(context, old_volume['id'])
            self.volume_api.reserve_volume(context, new_volume['id'])
            self.compute_rpcapi.swap_volume(
                conn, context, instance, old_volume_id=old_volume['id'],
                new_volume_id=new_volume['id'])


def _for_change(conn, context, instance: dict, method: str,
                vm_states: tuple[str, ...] = _STATES) -> dict:
    """The server as it is now, locked, if its volumes may be changed.

    Raises InstanceNotFound, InstanceIsLocked, InstanceInvalidState.
    """
    now = instances.lock(conn, instance['uuid'])
    if now is None:
        raise exception.InstanceNotFound(instance_id=instance['uuid'])
    if now['locked'] and not context.is_admin:
        raise exception.InstanceIsLocked(instance_uuid=now['uuid'])
    for attr, allowed in (('vm_state', vm_states), ('task_state', (None,))):
        if now[attr] not in allowed:
            raise exception.InstanceInvalidState(
                instance_uuid=now['uuid'], attr=attr, state=now[attr], method=method)
    return now


class VolumeWork:
    """The methods of the manager that carry these changes out. It has a `driver`."""

    def attach_volume(self, instance_uuid: str, request_id: str, volume_id: str,
                      mountpoint: str) -> None:
        """attaching -> in-use; available again, and not in the server, when that fails."""
        instance = instances.get(instance_uuid, everything=True)
        if instance is None:
            return          # gone, and it gave the volume back
        try:
            self.driver.attach_volume(instance, volume_id, mountpoint)
            _attached(instance, request_id, volume_id, mountpoint)
        except _FAILURES as error:
            LOG.warning('The volume %s is not attached to %s: %s', volume_id, instance_uuid, error)
            _attach_failed(instance, request_id, volume_id)

    def detach_volume(self, instance_uuid: str, request_id: str, volume_id: str) -> None:
        """detaching -> available, and the server has it no more; in-use when that fails."""
        instance = instances.get(instance_uuid, everything=True)
        if instance is None:
            return
        try:
            self.driver.detach_volume(instance, volume_id)
        except exception.VirtError as error:
            LOG.warning('The volume %s stays in %s: %s', volume_id, instance_uuid, error)
            volume_service.API().roll_detaching(_context_of(instance, request_id), volume_id)
            return
        _detached(instance, request_id, volume_id)

    def swap_volume(self, instance_uuid: str, request_id: str, old_volume_id: str,
                    new_volume_id: str) -> None:
        """The new volume takes the place of the old one; all is as before when that fails."""
        instance = instances.get(instance_uuid, everything=True)
        if instance is not None:
            try:
                self.driver.swap_volume(instance, old_volume_id, new_volume_id)
                if _swapped(instance, request_id, old_volume_id, new_volume_id):
                    return
            except _FAILURES as error:
                LOG.warning('The volume %s stays in %s: %s', old_volume_id, instance_uuid, error)
        context = minova_context.get_admin_context()
        volume_service.API().unreserve_volume(context, new_volume_id)
        volume_service.API().roll_detaching(context, old_volume_id)


@engine.retry_on_conflict
def _attached(instance: dict, request_id: str, volume_id: str, mountpoint: str) -> None:
    with engine.writer() as conn:
        if instances.lock(conn, instance['uuid']) is not None:
            volume_service.API().attach(
                _context_of(instance, request_id), volume_id, instance['uuid'], mountpoint)
        work.complete(conn)


@engine.retry_on_conflict
def _attach_failed(instance: dict, request_id: str, volume_id: str) -> None:
    with engine.writer() as conn:
        if instances.lock(conn, instance['uuid']) is not None:
            volume_service.API().unreserve_volume(_context_of(instance, request_id), volume_id)
            db.delete(conn, instance['uuid'], volume_id)
        work.complete(conn)


@engine.retry_on_conflict
def _detached(instance: dict, request_id: str, volume_id: str) -> None:
    with engine.writer() as conn:
        if instances.lock(conn, instance['uuid']) is not None:
            volume_service.API().detach(
                _context_of(instance, request_id), volume_id, instance['uuid'])
            db.delete(conn, instance['uuid'], volume_id)
        work.complete(conn)


@engine.retry_on_conflict
def _swapped(instance: dict, request_id: str, old_volume_id: str, new_volume_id: str) -> bool:
    """False when the server is gone, or has the old volume no more."""
    volumes = volume_service.API()
    context = _context_of(instance, request_id)
    with engine.writer() as conn:
        alive = instances.lock(conn, instance['uuid']) is not None
        device = next((row for row in db.get_all(instance['uuid']) if alive
                       and row['volume_id'] == old_volume_id), None)
        if device is None:
            return False
        volumes.attach(context, new_volume_id, instance['uuid'], device['device_name'])
        volumes.detach(context, old_volume_id, instance['uuid'])
        db.update(conn, instance['uuid'], device['id'], {
            'volume_id': new_volume_id,
            'volume_size': volumes.get(context, new_volume_id)['size']})
        work.complete(conn)
    return True


def _context_of(instance: dict, request_id: str) -> minova_context.RequestContext:
    """A context that acts for the owner of the server, with all rights."""
    return minova_context.RequestContext(
        user_id=instance['user_id'], project_id=instance['project_id'], is_admin=True,
        request_id=request_id, overwrite=False)
