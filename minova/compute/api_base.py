"""How an action on a server is accepted: in one transaction, by whoever is first.

The server's state is compared and swapped, the action is recorded, and its work is handed over; all of
that is committed, or nothing. Of several requests that come together only one finds the server as it
was.
"""

from collections.abc import Callable

from minova import exception
from minova.compute import actions, rpcapi
from minova.db import engine, instance_actions
from minova.db import instances as db


class Accepting:

    def __init__(self):
        self.compute_rpcapi = rpcapi.ComputeAPI()

    @engine.retry_on_conflict
    def _accept(self, context, instance: dict, action: actions.Action, values: dict | None = None,
                prepare: Callable | None = None, **args) -> None:
        """Begin `action` on the server, which may have changed since it was read.

        values: columns that change with it. prepare(conn) writes what else belongs to it and returns further
        arguments of the work; what it raises undoes the whole. args: arguments of the work.
        Raises InstanceIsLocked, InstanceNotReady, InstanceInvalidState, InstanceNotFound.
        """
        actions.check(context, instance, action)
        with engine.writer() as conn:
            self._swap(conn, context, instance, action, {
                'task_state': action.task_state, 'progress': 0, **(values or {})})
            if prepare is not None:
                args |= prepare(conn)
            if action.record:
                instance_actions.start(conn, context, [instance['uuid']], action.record)
            self.compute_rpcapi.cast(conn, action.work, context, instance, **args)

    @staticmethod
    def _swap(conn, context, instance: dict, action: actions.Action, values: dict) -> None:
        for attempt in (instance, None):
            if attempt is None:
                # It is not as it was read. Nobody changes it any more until the transaction ends.
                attempt = db.lock(conn, instance['uuid'])
                if attempt is None:
                    raise exception.InstanceNotFound(instance_id=instance['uuid'])
                actions.check(context, attempt, action)
            expected = {name: attempt[name] for name in ('vm_state', 'task_state')}
            if db.compare_and_swap(conn, instance['uuid'], expected, values):
                return
        raise exception.InstanceNotFound(instance_id=instance['uuid'])
