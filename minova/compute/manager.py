"""Carries out accepted work on servers: each method is a piece of work by name (see rpcapi and work).

Building and deleting are here; the rest, by subject, in the modules manager_*. What all methods have to
keep to, so that work survives the process, is said in manager_base.
"""

import datetime
import logging

from minova import exception, network
from minova.compute import (
    block_device,
    network_elsewhere,
    quotas,
    scheduler,
    states,
    volume_attachments,
    work,
)
from minova.compute.manager_base import Overtaken, context_of
from minova.compute.manager_console import ConsoleWork
from minova.compute.manager_delete import DeleteWork
from minova.compute.manager_power import PowerWork
from minova.compute.manager_rebuild import RebuildWork
from minova.compute.manager_resize import ResizeWork
from minova.compute.manager_snapshot import SnapshotWork, forget_shelving
from minova.db import console_auth_tokens, engine, instance_actions, server_records
from minova.db import instances as db
from minova.db.types import utcnow
from minova.virt import power_states

LOG = logging.getLogger(__name__)


class ComputeManager(PowerWork, SnapshotWork, RebuildWork, ResizeWork, DeleteWork, ConsoleWork,
                     volume_attachments.VolumeWork, network_elsewhere.NetworkWork):

    # ---- building

    def build_and_run_instance(self, instance_uuid: str, request_id: str, request_spec: dict,
                               admin_password: str | None, injected_files: list,
                               requested_networks: list | None,
                               security_groups: list[str] | None = None) -> None:
        """From scheduling to active; to error, with a fault, when that cannot be done."""
        started = utcnow()
        instance = db.get(instance_uuid, everything=True)
        if instance is None or instance['vm_state'] != states.BUILDING:
            network_elsewhere.leave_if_gone(instance_uuid, request_id)
            return
        try:
            if instance['task_state'] in (states.SCHEDULING, states.NETWORKING):
                place = self._place if network.backend().is_own else self._place_and_connect
                instance = place(instance, request_id, request_spec, requested_networks, security_groups)
            self.driver.spawn(instance, instance['network_info'], injected_files, admin_password)
        except Overtaken:
            network_elsewhere.leave_if_gone(instance_uuid, request_id)
            return
        except (exception.NoValidHost, exception.VirtError, exception.NetworkError,
                exception.InvalidBDM) as error:
            network_elsewhere.try_to_leave(context_of(instance, request_id), instance)
            self._build_failed(instance, request_id, started, error)
            return
        self._finish(instance, request_id, started, 'compute__do_build_and_run_instance',
                     states.BUILDING, states.SPAWNING, {
                         'vm_state': states.ACTIVE, 'launched_at': utcnow(),
                         'power_state': self.driver.get_power_state(instance)})

    @engine.retry_on_conflict
    def _place(self, instance: dict, request_id: str, request_spec: dict,
               requested_networks: list | None, security_groups: list[str] | None) -> dict:
        """Give the server a host and addresses; the server afterwards.

        Raises NoValidHost, and Overtaken when it is not to be built any more.
        """
        with engine.writer() as conn:
            placed = self._choose_host(conn, request_spec)
            info = self.network_api.allocate_for_instance(
                context_of(instance, request_id), instance | placed, requested_networks, security_groups)
            quotas.check_fixed_ips(conn, instance['project_id'])
            placed |= {'network_info': info, 'task_state': states.SPAWNING}
            self._go_on(conn, instance, placed)
            block_device.prepare(conn, context_of(instance, request_id), instance['uuid'])
        return instance | placed

    def _place_and_connect(self, instance: dict, request_id: str, request_spec: dict,
                           requested_networks: list | None, security_groups: list[str] | None) -> dict:
        """The same, in a step more: no transaction waits for a network that is elsewhere.

        The network itself keeps with the server what it shows.
        """
        if instance['task_state'] == states.SCHEDULING:
            instance = self._claim_host(instance, request_spec)
        context = context_of(instance, request_id)
        info = self.network_api.allocate_for_instance(
            context, instance, requested_networks, security_groups)
        return self._connected(context, instance) | {'network_info': info}

    @engine.retry_on_conflict
    def _claim_host(self, instance: dict, request_spec: dict) -> dict:
        with engine.writer() as conn:
            placed = self._choose_host(conn, request_spec) | {'task_state': states.NETWORKING}
            self._go_on(conn, instance, placed)
        return instance | placed

    @engine.retry_on_conflict
    def _connected(self, context, instance: dict) -> dict:
        with engine.writer() as conn:
            self._go_on(conn, instance, {'task_state': states.SPAWNING})
            block_device.prepare(conn, context, instance['uuid'])
        return instance | {'task_state': states.SPAWNING}

    @staticmethod
    def _choose_host(conn, request_spec: dict) -> dict:
        host, node = scheduler.place(conn, request_spec)
        return {'host': host, 'node': node, 'launched_on': host}

    @staticmethod
    def _go_on(conn, instance: dict, values: dict) -> None:
        """The next step of a build. Raises Overtaken."""
        if not db.compare_and_swap(conn, instance['uuid'],
                                   {'vm_state': states.BUILDING, 'task_state': instance['task_state']},
                                   values):
            raise Overtaken()

    @engine.retry_on_conflict
    def _build_failed(self, instance: dict, request_id: str, started, error: Exception) -> None:
        """The server stays, in error, and gives back its host and addresses."""
        with engine.writer() as conn:
            if db.compare_and_swap(conn, instance['uuid'], {'vm_state': states.BUILDING}, {
                    'vm_state': states.ERROR, 'task_state': None, 'host': None, 'node': None,
                    'network_info': []}):
                self._give_back(conn, instance, request_id)
                server_records.add_fault(conn, instance, error)
                # Where no host was found, none has begun anything.
                if not isinstance(error, exception.NoValidHost):
                    instance_actions.finish_event(
                        conn, instance['uuid'], request_id, 'compute__do_build_and_run_instance',
                        started, error=str(error))
            work.complete(conn)
        LOG.warning('The server %s could not be built: %s', instance['uuid'], error)

    # ---- deleting

    def terminate_instance(self, instance_uuid: str, request_id: str) -> None:
        """Remove the server and all that it has."""
        started = utcnow()
        instance = db.get(instance_uuid, everything=True)
        if instance is None:
            return
        try:
            if instance['host']:
                self.driver.destroy(instance)
        except exception.HostIsDown:
            LOG.info('%s is gone, but its host has not been told', instance_uuid)
        except exception.VirtError as error:
            self._task_failed(instance, request_id, started, 'compute_terminate_instance', error)
            return
        try:
            network_elsewhere.leave(context_of(instance, request_id), instance)
        except exception.NetworkError as error:
            self._task_failed(instance, request_id, started, 'compute_terminate_instance', error)
            return
        forget_shelving(context_of(instance, request_id), instance)
        self._destroy(instance_uuid, request_id, started)

    @engine.retry_on_conflict
    def _destroy(self, instance_uuid: str, request_id: str, started: datetime.datetime) -> None:
        with engine.writer() as conn:
            # Read again: a build that was under way may have got it addresses meanwhile.
            instance = db.get(instance_uuid, everything=True)
            gone = {'vm_state': states.DELETED, 'task_state': None, 'terminated_at': utcnow(),
                    'power_state': power_states.NOSTATE}
            if not network.backend().is_own:
                # With nova-network, a server that is gone shows what addresses it had; with Neutron, none.
                gone['network_info'] = []
            if instance is not None and db.destroy(conn, instance, gone):
                self._give_back(conn, instance, request_id)
                block_device.release(conn, context_of(instance, request_id), instance_uuid)
                server_records.remove_attachments(conn, instance)
                if instance['vm_state'] != states.SOFT_DELETED:
                    quotas.release(conn, instance['project_id'], instance['user_id'],
                                   quotas.of_server(instance))
                console_auth_tokens.delete_by_instance(conn, instance_uuid)
                instance_actions.finish_event(conn, instance_uuid, request_id,
                                              'compute_terminate_instance', started)
            work.complete(conn)

    # ---- what these have in common

    @engine.retry_on_conflict
    def _finish(self, instance: dict, request_id: str, started, event: str, vm_state: str,
                task_state: str, values: dict) -> None:
        """The task is done: the server gets its new state, unless it was overtaken by another."""
        with engine.writer() as conn:
            if db.compare_and_swap(conn, instance['uuid'],
                                   {'vm_state': vm_state, 'task_state': task_state},
                                   {'task_state': None} | values):
                instance_actions.finish_event(conn, instance['uuid'], request_id, event, started)
            work.complete(conn)

    @engine.retry_on_conflict
    def _task_failed(self, instance: dict, request_id: str, started, event: str,
                     error: Exception) -> None:
        """The task failed: the server is in error, and says why."""
        with engine.writer() as conn:
            if db.update(conn, instance['uuid'],
                         {'vm_state': states.ERROR, 'task_state': None}):
                server_records.add_fault(conn, instance, error)
                instance_actions.finish_event(conn, instance['uuid'], request_id, event, started,
                                              error=str(error))
            work.complete(conn)

    def give_up(self, item: dict, error: Exception) -> None:
        """Called by the work engine when a method failed in a way that it does not know itself."""
        if item['instance_uuid'] is None:
            return
        instance = db.get(item['instance_uuid'], everything=True)
        if instance is not None:
            self._task_failed(instance, item['args'].get('request_id'), utcnow(),
                              f'compute_{item["method"]}', error)
