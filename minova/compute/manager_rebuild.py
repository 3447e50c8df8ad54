"""The work behind servers that are made anew: by a rebuild, or elsewhere because their host is dead."""

from minova.compute import actions, claims, states
from minova.compute.manager_base import ManagerBase, Task
from minova.db import server_migrations
from minova.db.types import utcnow


class RebuildWork(ManagerBase):

    def rebuild_instance(self, instance_uuid: str, request_id: str, admin_password: str | None,
                         injected_files: list, preserve_ephemeral: bool) -> None:
        """A server that was stopped is stopped in the end, too."""
        def do(task: Task) -> dict:
            self._advance(task, states.REBUILDING)
            self.driver.destroy(task.instance)
            return self._make_anew(task, injected_files, admin_password, preserve_ephemeral)
        self._carry_out(actions.REBUILD, instance_uuid, request_id, do)

    def _make_anew(self, task: Task, injected_files: list, admin_password: str | None,
                   preserve_ephemeral: bool) -> dict:
        stays_stopped = (task.action.stays_stopped
                         and task.instance['vm_state'] == states.STOPPED)
        self._advance(task, states.REBUILD_BLOCK_DEVICE_MAPPING)
        self._advance(task, states.REBUILD_SPAWNING)
        self.driver.rebuild(task.instance, task.instance['network_info'], injected_files,
                            admin_password, preserve_ephemeral)
        if stays_stopped:
            self.driver.power_off(task.instance)
        return {'vm_state': states.STOPPED if stays_stopped else states.ACTIVE,
                'launched_at': utcnow()}

    def evacuate_instance(self, instance_uuid: str, request_id: str, migration_id: int, host: str,
                          node: str, admin_password: str | None) -> None:
        """The share of `host` was taken when this was accepted; that of the dead host goes now."""
        def do(task: Task) -> dict:
            source = dict(task.instance)
            task.on_failure = lambda conn: self._stay(conn, source, migration_id, host, node)
            self._advance(task, states.REBUILDING)
            task.instance |= {'host': host, 'node': node}
            self._move_network(task, host)
            values = self._make_anew(task, [], admin_password, False)
            task.on_success = lambda conn: self._leave(conn, source, migration_id)
            return values | {'host': host, 'node': node, 'launched_on': host}
        self._carry_out(actions.EVACUATE, instance_uuid, request_id, do)

    @staticmethod
    def _leave(conn, source: dict, migration_id: int) -> None:
        claims.release(conn, source['host'], source['node'], source)
        server_migrations.set_status(conn, migration_id, 'done')

    @staticmethod
    def _stay(conn, source: dict, migration_id: int, host: str, node: str) -> None:
        claims.release(conn, host, node, source)
        server_migrations.set_status(conn, migration_id, 'failed')
