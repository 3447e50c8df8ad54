"""The work behind resizes, which may be migrations, and behind live migrations.

A place for the server is found, and claimed, when these are accepted; the migration says where it is.
Until it is confirmed or reverted, a server that was resized has its share of both hosts.
"""

from minova.compute import actions, claims, create, quotas, states
from minova.compute.manager_base import ManagerBase, Task, later
from minova.conf import CONF
from minova.db import engine
from minova.db import instances as db
from minova.db import server_migrations as migrations
from minova.db.types import utcnow
from minova.virt import power_states


class ResizeWork(ManagerBase):

    # ---- to the new size

    def resize_instance(self, instance_uuid: str, request_id: str, migration_id: int) -> None:
        """From resize_prep, over each of the tasks in between, to resized."""
        def do(task: Task) -> dict | None:
            migration = migrations.get_under_way(instance_uuid)
            if migration is None or migration['id'] != migration_id:
                return None
            task.on_failure = lambda conn: self._resize_failed(conn, task, migration)
            task.on_success = lambda conn: self._resized(conn, task, migration_id)
            dest = {'host': migration['dest_compute'], 'node': migration['dest_node']}
            if task.instance['task_state'] in (states.RESIZE_PREP, states.RESIZE_MIGRATING):
                self._migrate(task, dest, migration_id)
            if task.instance['task_state'] == states.RESIZE_MIGRATED:
                new = task.instance['new_flavor']
                self._advance(task, states.RESIZE_FINISH, old_flavor=task.instance['flavor'],
                              **create.flavor_columns(new))
            self._move_network(task, dest['host'])
            self.driver.finish_migration(task.instance)
            return {'launched_at': utcnow()}
        self._carry_out(actions.RESIZE, instance_uuid, request_id, do)

    def _migrate(self, task: Task, dest: dict, migration_id: int) -> None:
        was = {'old_vm_state': task.instance['vm_state']}
        self._advance(task, states.RESIZE_MIGRATING,
                      system_metadata=task.instance['system_metadata'] | was)
        self.driver.migrate_disk_and_power_off(task.instance, dest['host'])
        with engine.writer() as conn:
            self._advance(task, states.RESIZE_MIGRATED, conn, launched_on=dest['host'], **dest)
            migrations.set_status(conn, migration_id, 'post-migrating')

    def _resized(self, conn, task: Task, migration_id: int) -> None:
        migrations.set_status(conn, migration_id, 'finished')
        if CONF.resize_confirm_window > 0:
            self.compute_rpcapi.cast(
                conn, 'confirm_when_due', task.context, task.instance,
                not_before=later(CONF.resize_confirm_window), migration_id=migration_id)

    def _resize_failed(self, conn, task: Task, migration: dict) -> None:
        """The server is in error where it is by now, and has only what it needs there."""
        instance = task.instance
        if instance['old_flavor'] or instance['task_state'] == states.RESIZE_MIGRATED:
            claims.release(conn, migration['source_compute'], migration['source_node'],
                           instance['old_flavor'] or instance['flavor'])
        else:
            claims.release(conn, migration['dest_compute'], migration['dest_node'],
                           instance['new_flavor'])
        self._count(conn, instance, instance['flavor'])
        db.update(conn, instance['uuid'], {'old_flavor': None, 'new_flavor': None})
        migrations.set_status(conn, migration['id'], 'error')

    # ---- and then

    def confirm_when_due(self, instance_uuid: str, request_id: str, migration_id: int) -> None:
        """Confirm the resize of which nobody has said anything."""
        instance = db.get(instance_uuid, everything=True)
        migration = migrations.get_under_way(instance_uuid, 'finished')
        if (instance and migration and migration['id'] == migration_id
                and self._begin(instance, states.RESIZED, states.RESIZE_CONFIRMING)):
            self.confirm_resize(instance_uuid, request_id)

    def confirm_resize(self, instance_uuid: str, request_id: str) -> None:
        """What is left of the old size goes, on its host and in the quotas."""
        def do(task: Task) -> dict:
            old, new = task.instance['old_flavor'], task.instance['flavor']
            migration = migrations.get_under_way(instance_uuid)
            self.driver.confirm_migration(task.instance)

            def end(conn) -> None:
                if migration:
                    claims.release(conn, migration['source_compute'], migration['source_node'], old)
                    migrations.set_status(conn, migration['id'], 'confirmed')
                self._count(conn, task.instance, new)
            task.on_success = end
            running = self.driver.get_power_state(task.instance) != power_states.SHUTDOWN
            return {'vm_state': states.ACTIVE if running else states.STOPPED,
                    'old_flavor': None, 'new_flavor': None,
                    'system_metadata': _without_old_state(task.instance)}
        self._carry_out(actions.CONFIRM_RESIZE, instance_uuid, request_id, do)

    def revert_resize(self, instance_uuid: str, request_id: str) -> None:
        """The server is again what it was and where it was; if it was stopped, stopped."""
        def do(task: Task) -> dict:
            instance = task.instance
            old, new = instance['old_flavor'], instance['flavor']
            migration = migrations.get_under_way(instance_uuid)
            was_stopped = instance['system_metadata'].get('old_vm_state') == states.STOPPED
            if migration:
                self._move_network(task, migration['source_compute'])
            self.driver.finish_revert_migration(instance, not was_stopped)

            def end(conn) -> None:
                if migration:
                    claims.release(conn, migration['dest_compute'], migration['dest_node'], new)
                    migrations.set_status(conn, migration['id'], 'reverted')
                self._count(conn, instance, old)
            task.on_success = end
            values = {'vm_state': states.STOPPED if was_stopped else states.ACTIVE,
                      'old_flavor': None, 'new_flavor': None, 'launched_at': utcnow(),
                      'system_metadata': _without_old_state(instance),
                      **create.flavor_columns(old)}
            if migration:
                values |= {'host': migration['source_compute'], 'node': migration['source_node'],
                           'launched_on': migration['source_compute']}
            return values
        self._carry_out(actions.REVERT_RESIZE, instance_uuid, request_id, do)

    @staticmethod
    def _count(conn, instance: dict, size: dict) -> None:
        """Count no more for the server than one of `size` needs."""
        before = quotas.of_server(instance)
        quotas.release(conn, instance['project_id'], instance['user_id'], {
            'cores': before['cores'] - size['vcpus'], 'ram': before['ram'] - size['memory_mb']})

    # ---- without a break

    def live_migrate_instance(self, instance_uuid: str, request_id: str, migration_id: int, host: str,
                              node: str, block_migration: bool, disk_over_commit: bool) -> None:
        def do(task: Task) -> dict:
            source = dict(task.instance)
            task.on_failure = lambda conn: self._ended(conn, migration_id, 'error', source,
                                                       host, node)
            self.driver.live_migration(task.instance, host, block_migration)
            self._move_network(task, host)
            task.on_success = lambda conn: self._ended(conn, migration_id, 'completed', source,
                                                       source['host'], source['node'])
            return {'host': host, 'node': node}
        self._carry_out(actions.LIVE_MIGRATE, instance_uuid, request_id, do)

    @staticmethod
    def _ended(conn, migration_id: int, status: str, size: dict, host: str, node: str) -> None:
        """It has no share any more of (host, node)."""
        claims.release(conn, host, node, size)
        migrations.set_status(conn, migration_id, status)


def _without_old_state(instance: dict) -> dict:
    return {k: v for k, v in instance['system_metadata'].items() if k != 'old_vm_state'}
