"""What the methods of the manager have in common: how a task is begun, ends and fails.

A method may run again from its beginning after the process died in the middle of it. So each looks at what
the row of the server says, and every change of state is a compare-and-swap: whoever comes too late, because
the server was deleted or somebody else was faster, changes nothing.
"""

import datetime
import logging
from collections.abc import Callable

from minova import context as minova_context
from minova import exception, network
from minova.compute import actions, claims, rpcapi, work
from minova.db import engine, instance_actions, server_migrations, server_records
from minova.db import instances as db
from minova.db.types import utcnow
from minova.virt import get_driver

LOG = logging.getLogger(__name__)

#: What may go wrong while a task is carried out, and is told to the owner of the server.
FAILURES = (exception.VirtError, exception.NoValidHost, exception.NetworkError,
            exception.ImageNotFound, exception.ImageNotAuthorized)


class Overtaken(Exception):
    """The server is not in the state any more that the work is about."""


class Task:
    """A piece of work on one server: what it is, whose request it was, and when it began.

    on_success and on_failure are called with the transaction that ends it, to write what goes with that.
    """

    def __init__(self, action: actions.Action, instance: dict, request_id: str):
        self.on_success: Callable | None = None
        self.on_failure: Callable | None = None
        self.action = action
        self.instance = instance
        self.request_id = request_id
        self.started = utcnow()
        self.context = context_of(instance, request_id)


class ManagerBase:

    def __init__(self):
        self.driver = get_driver()
        self.network_api = network.API()
        self.compute_rpcapi = rpcapi.ComputeAPI()

    # ---- a task from its beginning to its end

    def _carry_out(self, action: actions.Action, instance_uuid: str, request_id: str,
                   do: Callable[[Task], dict | None]) -> None:
        """Call `do` if the server has a task of `action`, and end the task in the way it went.

        `do` returns columns that change with the end; the rest is as the table of actions has it.
        """
        instance = db.get(instance_uuid, everything=True)
        if instance is None or instance['task_state'] not in action.tasks:
            return
        task = Task(action, instance, request_id)
        try:
            values = do(task)
        except Overtaken:
            return
        except FAILURES as error:
            self._fail(task, error)
            return
        self._succeed(task, values or {})

    def _advance(self, task: Task, task_state: str, conn=None, **values) -> None:
        """The next step of a task: the server says so. Raises Overtaken."""
        values['task_state'] = task_state
        expected = {'task_state': task.instance['task_state'], 'vm_state': task.instance['vm_state']}
        if conn is None:
            swapped = self._swap(task.instance['uuid'], expected, values)
        else:
            swapped = db.compare_and_swap(conn, task.instance['uuid'], expected, values)
        if not swapped:
            raise Overtaken()
        task.instance |= values

    @staticmethod
    @engine.retry_on_conflict
    def _swap(instance_uuid: str, expected: dict, values: dict) -> bool:
        with engine.writer() as conn:
            return db.compare_and_swap(conn, instance_uuid, expected, values)

    def _begin(self, instance: dict, vm_state: str, task_state: str) -> bool:
        """Begin a task that nobody asked for just now; whether the server is in that state.

        True also if it was begun before the process died.
        """
        return instance['vm_state'] == vm_state and (
            instance['task_state'] == task_state
            or self._swap(instance['uuid'], {'vm_state': vm_state, 'task_state': None},
                          {'task_state': task_state}))

    @engine.retry_on_conflict
    def _succeed(self, task: Task, values: dict) -> None:
        """The task is done: the server gets its new state, unless it was overtaken by another."""
        action, instance = task.action, task.instance
        end = {'task_state': None}
        if action.ends:
            end['vm_state'] = action.ends[0]
        end |= values
        end['power_state'] = self.driver.get_power_state(instance | end)
        with engine.writer() as conn:
            if db.compare_and_swap(
                    conn, instance['uuid'],
                    {'vm_state': instance['vm_state'], 'task_state': instance['task_state']},
                    end):
                self._record(conn, task)
                if task.on_success:
                    task.on_success(conn)
            work.complete(conn)

    @engine.retry_on_conflict
    def _fail(self, task: Task, error: Exception) -> None:
        """The task failed: the server is as the table of actions has it, and says why."""
        action, instance = task.action, task.instance
        values = {'task_state': None}
        if action.failed:
            values['vm_state'] = action.failed
        with engine.writer() as conn:
            if db.compare_and_swap(
                    conn, instance['uuid'],
                    {'vm_state': instance['vm_state'], 'task_state': instance['task_state']}, values):
                server_records.add_fault(conn, instance, error)
                self._record(conn, task, error)
                if task.on_failure:
                    task.on_failure(conn)
            work.complete(conn)
        LOG.warning('%s of the server %s failed: %s', action.name, instance['uuid'], error)

    @staticmethod
    def _record(conn, task: Task, error: Exception | None = None) -> None:
        """The parts of the action are done; the last failed, if there is an error."""
        if task.action.record is None:
            return
        *done, last = task.action.events
        for event in done:
            instance_actions.finish_event(
                conn, task.instance['uuid'], task.request_id, event, task.started)
        instance_actions.finish_event(
            conn, task.instance['uuid'], task.request_id, last, task.started,
            error=str(error) if error else None)

    # ---- what a server holds

    def _give_back(self, conn, instance: dict, request_id: str) -> None:
        """What a server holds of hosts and of the network, if that is minova's own."""
        for host, node, size in self._shares(instance):
            claims.release(conn, host, node, size)
        if instance['network_info'] and network.backend().is_own:
            self.network_api.deallocate_for_instance(context_of(instance, request_id), instance)

    def _move_network(self, task: Task, host: str) -> None:
        """The ports of the server follow it to that host. Raises NetworkError."""
        self.network_api.setup_instance_network_on_host(task.context, task.instance, host)

    @staticmethod
    def _shares(instance: dict) -> list[tuple[str, str, dict]]:
        """(host, node, size) of all shares of hosts that were given to the server."""
        shares = []
        migration = server_migrations.get_under_way(instance['uuid'])
        if migration is None:
            return [(instance['host'], instance['node'], instance)] if instance['host'] else []
        old = instance['old_flavor'] or instance
        new = instance['new_flavor'] or instance
        if migration['source_compute']:
            shares.append((migration['source_compute'], migration['source_node'], old))
        if migration['dest_compute']:
            shares.append((migration['dest_compute'], migration['dest_node'], new))
        return shares


def context_of(instance: dict, request_id: str) -> minova_context.RequestContext:
    """A context that acts for the owner of the server, with all rights."""
    return minova_context.RequestContext(
        user_id=instance['user_id'], project_id=instance['project_id'], is_admin=True,
        request_id=request_id, overwrite=False)


def later(seconds: int) -> datetime.datetime:
    return utcnow() + datetime.timedelta(seconds=seconds)
