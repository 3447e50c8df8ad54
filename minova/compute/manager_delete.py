"""The work behind deletions that can be taken back, for a while."""

from minova.compute import actions, quotas, states
from minova.compute.manager_base import ManagerBase, Task, later
from minova.compute.manager_snapshot import forget_shelving
from minova.conf import CONF
from minova.db import instances as db


class DeleteWork(ManagerBase):

    def soft_delete_instance(self, instance_uuid: str, request_id: str) -> None:
        """What a soft-deleted server would need does not count any more."""
        def do(task: Task) -> None:
            self.driver.soft_delete(task.instance)
            forget_shelving(task.context, task.instance)

            def end(conn) -> None:
                quotas.release(conn, task.instance['project_id'], task.instance['user_id'],
                               quotas.of_server(task.instance))
                self.compute_rpcapi.cast(
                    conn, 'reclaim_instance', task.context, task.instance,
                    not_before=later(CONF.reclaim_instance_interval),
                    deleted_at=task.instance['deleted_at'].isoformat())
            task.on_success = end
        self._carry_out(actions.SOFT_DELETE, instance_uuid, request_id, do)

    def reclaim_instance(self, instance_uuid: str, request_id: str, deleted_at: str) -> None:
        """The time in which the server could be restored is over."""
        instance = db.get(instance_uuid, everything=True)
        if (instance and instance['deleted_at'] and instance['deleted_at'].isoformat() == deleted_at
                and self._begin(instance, states.SOFT_DELETED, states.DELETING)):
            self.terminate_instance(instance_uuid, request_id)

    def restore_instance(self, instance_uuid: str, request_id: str) -> None:
        def do(task: Task) -> dict:
            task.on_failure = lambda conn: quotas.release(
                conn, task.instance['project_id'], task.instance['user_id'],
                quotas.of_server(task.instance))
            self.driver.restore(task.instance)
            return {'deleted_at': None}
        self._carry_out(actions.RESTORE, instance_uuid, request_id, do)
