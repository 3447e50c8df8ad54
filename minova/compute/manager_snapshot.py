"""The work behind images of servers: snapshots, backups, shelving and its end."""

import logging

from minova import exception, image
from minova.compute import actions, claims, create, scheduler, states
from minova.compute.manager_base import ManagerBase, Task, later
from minova.conf import CONF
from minova.db import engine
from minova.db import instances as db
from minova.db.types import utcnow

LOG = logging.getLogger(__name__)

_SHELVING = actions.SHELVE.through[:2]
_SHELVED_KEYS = ('shelved_at', 'shelved_image_id', 'shelved_host')


class SnapshotWork(ManagerBase):

    # ---- snapshots

    def snapshot_instance(self, instance_uuid: str, request_id: str, image_id: str) -> None:
        def do(task: Task) -> None:
            self._snapshot(task, image_id, actions.CREATE_IMAGE.through)
        self._carry_out(actions.CREATE_IMAGE, instance_uuid, request_id, do)

    def backup_instance(self, instance_uuid: str, request_id: str, image_id: str, backup_type: str,
                        rotation: int) -> None:
        def do(task: Task) -> None:
            self._snapshot(task, image_id, actions.CREATE_BACKUP.through)
            self._rotate(task, backup_type, rotation)
        self._carry_out(actions.CREATE_BACKUP, instance_uuid, request_id, do)

    def _snapshot(self, task: Task, image_id: str, through: tuple[str, ...]) -> None:
        """Fill the image, which is there already, from the server. It goes when that fails."""
        images = image.API()
        for task_state in through:
            self._advance(task, task_state)
        try:
            size = self.driver.snapshot(task.instance, image_id)
        except exception.VirtError:
            _delete_image(task.context, image_id)
            raise
        images.update(task.context, image_id, {'status': 'active', 'size': size})

    @staticmethod
    def _rotate(task: Task, backup_type: str, rotation: int) -> None:
        """Keep the last `rotation` backups of this type."""
        backups = image.API().get_all(task.context, {
            'property-image_type': 'backup', 'property-backup_type': backup_type,
            'property-instance_uuid': task.instance['uuid']})
        for backup in backups[rotation:]:
            _delete_image(task.context, backup['id'])

    # ---- shelving

    def shelve_instance(self, instance_uuid: str, request_id: str, image_id: str | None) -> None:
        """Take an image, and take the server off its host now, later or never, as configured."""
        def do(task: Task) -> dict | None:
            if task.instance['task_state'] == states.SHELVING_OFFLOADING:
                return self._offload(task)      # the image was made before the process died
            self.driver.power_off(task.instance)
            if image_id:
                self._snapshot(task, image_id, _SHELVING)
            shelved_at = utcnow().isoformat()
            metadata = task.instance['system_metadata'] | {
                'shelved_at': shelved_at, 'shelved_image_id': image_id,
                'shelved_host': task.instance['host']}
            if CONF.shelved_offload_time == 0:
                self._advance(task, states.SHELVING_OFFLOADING, vm_state=states.SHELVED,
                              system_metadata=metadata)
                return self._offload(task)
            if CONF.shelved_offload_time > 0:
                task.on_success = lambda conn: self.compute_rpcapi.cast(
                    conn, 'offload_when_due', task.context, task.instance,
                    not_before=later(CONF.shelved_offload_time), shelved_at=shelved_at)
            return {'system_metadata': metadata}
        self._carry_out(actions.SHELVE, instance_uuid, request_id, do)

    def offload_when_due(self, instance_uuid: str, request_id: str, shelved_at: str) -> None:
        """Take the server off its host if it is still the shelved one that it was."""
        instance = db.get(instance_uuid, everything=True)
        if (instance and instance['system_metadata'].get('shelved_at') == shelved_at
                and self._begin(instance, states.SHELVED, states.SHELVING_OFFLOADING)):
            self.shelve_offload_instance(instance_uuid, request_id)

    def shelve_offload_instance(self, instance_uuid: str, request_id: str) -> None:
        self._carry_out(actions.SHELVE_OFFLOAD, instance_uuid, request_id, self._offload)

    def _offload(self, task: Task) -> dict:
        instance = dict(task.instance)
        self.driver.destroy(instance)
        if instance['host']:
            task.on_success = lambda conn: claims.release(
                conn, instance['host'], instance['node'], instance)
        return {'vm_state': states.SHELVED_OFFLOADED, 'host': None, 'node': None}

    # ---- and back

    def unshelve_instance(self, instance_uuid: str, request_id: str) -> None:
        """Start the server where it still is, or make it again from its image somewhere else."""
        def do(task: Task) -> dict:
            metadata = task.instance['system_metadata']
            image_id = metadata.get('shelved_image_id')
            if task.instance['host'] and task.instance['task_state'] != states.SPAWNING:
                self._advance(task, states.POWERING_ON)
                self.driver.power_on(task.instance)
            else:
                if task.instance['task_state'] != states.SPAWNING:
                    if image_id:
                        image.API().get(task.context, image_id)
                    self._place_again(task)
                task.on_failure = lambda conn: self._leave_again(conn, task)
                self._move_network(task, task.instance['host'])
                self.driver.spawn(task.instance, task.instance['network_info'], [], None)
            if image_id:
                _delete_image(task.context, image_id)
            return {'launched_at': utcnow(), 'system_metadata': {
                k: v for k, v in metadata.items() if k not in _SHELVED_KEYS}}
        self._carry_out(actions.UNSHELVE, instance_uuid, request_id, do)

    @engine.retry_on_conflict
    def _place_again(self, task: Task) -> None:
        """Raises NoValidHost, Overtaken."""
        instance = task.instance
        with engine.writer() as conn:
            host, node = scheduler.place(conn, create.request_spec(instance))
            self._advance(task, states.SPAWNING, conn, host=host, node=node)

    @staticmethod
    def _leave_again(conn, task: Task) -> None:
        """The server could not be made again, and stays what it was: shelved, on no host."""
        claims.release(conn, task.instance['host'], task.instance['node'], task.instance)
        db.update(conn, task.instance['uuid'], {'host': None, 'node': None})


def forget_shelving(context, instance: dict) -> None:
    """The server is being deleted: if it is shelved, nobody will need its image."""
    image_id = instance['system_metadata'].get('shelved_image_id')
    if image_id and instance['vm_state'] in (states.SHELVED, states.SHELVED_OFFLOADED):
        _delete_image(context, image_id)


def _delete_image(context, image_id: str) -> None:
    try:
        image.API().delete(context, image_id)
    except exception.ImageNotFound:
        pass        # somebody else was faster
    except exception.ImageNotAuthorized:
        LOG.warning('The image %s is protected and stays', image_id)
