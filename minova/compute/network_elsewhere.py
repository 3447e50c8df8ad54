"""Servers whose network is elsewhere: what is different where the ports are those of a real Neutron.

Nobody waits for it inside a transaction. So what a server holds there is given back before the transaction in
which the server goes, and again by whoever finds that the server went while they were giving it something.
"""

import logging

from minova import context as minova_context
from minova import exception, network
from minova.compute import neutron_security_groups, states, work
from minova.compute.manager_base import ManagerBase, later
from minova.conf import CONF
from minova.db import engine, server_ports, work_items
from minova.db import instances as db

LOG = logging.getLogger(__name__)

_HEAL = 'heal_network_info'
_PAGE = 200     # servers that are looked at together


def groups(context, names: list[str]) -> list[dict] | None:
    """The security groups of these names or ids; None where they are in the database.

    Who is in the default group alone is there without being put there, so that its id is not asked for.
    Raises SecurityGroupNotFoundForProject, NoUniqueMatch.
    """
    if network.backend().is_own:
        return None
    if names == ['default']:
        return [{'id': None, 'name': 'default'}]
    return neutron_security_groups.SecurityGroupAPI().resolve(context, names)


def leave(context, instance: dict) -> None:
    """Give back what the server holds, also what it does not show yet. Raises NetworkError."""
    if not network.backend().is_own:
        network.API().deallocate_for_instance(context, instance)


def try_to_leave(context, instance: dict) -> None:
    """The same for a server that stays: what cannot be given back now goes when the server is deleted."""
    try:
        leave(context, instance)
    except exception.NetworkError as error:
        LOG.warning('The server %s keeps its ports until it is deleted: %s', instance['uuid'], error)


def leave_if_gone(instance_uuid: str, request_id: str) -> bool:
    """Give back what the server holds if it is not there any more, or not for long; whether that is so.

    Raises NetworkError.
    """
    if network.backend().is_own:
        return False
    instance = db.get(instance_uuid)
    if instance is not None and instance['task_state'] != states.DELETING:
        return False
    leave(minova_context.RequestContext(is_admin=True, request_id=request_id, overwrite=False),
          {'uuid': instance_uuid})
    return True


# ---- what servers show

def changed(context, instance_uuids: list[str]) -> None:
    """Somebody tells that the network of these servers has changed."""
    if not network.backend().is_own:
        _submit_refresh(context, instance_uuids)


@engine.retry_on_conflict
def _submit_refresh(context, instance_uuids: list[str]) -> None:
    with engine.writer() as conn:
        for instance_uuid in instance_uuids:
            work.engine().submit(conn, 'refresh_network_info', {'request_id': context.request_id},
                                 instance_uuid)


@engine.retry_on_conflict
def start_healing() -> None:
    """See that servers are looked at from now on, by one of all processes."""
    if _heals():
        with engine.writer() as conn:
            _look_again(conn, 0)


def _heals() -> bool:
    return not network.backend().is_own and CONF.heal_instance_info_cache_interval > 0


def _look_again(conn, after: int) -> None:
    if not work_items.is_queued(conn, _HEAL):
        work.engine().submit(conn, _HEAL, {'after': after},
                             not_before=later(CONF.heal_instance_info_cache_interval))


class NetworkWork(ManagerBase):
    """Looks at what is elsewhere. When that cannot be done, servers show what they have shown before."""

    def refresh_network_info(self, instance_uuid: str, request_id: str) -> None:
        instance = db.get(instance_uuid, everything=True)
        if instance is None:
            return
        try:
            self.network_api.refresh_network_info(minova_context.get_admin_context(), instance)
        except exception.MinovaException as error:
            LOG.warning('What %s shows of its network may be old: %s', instance_uuid, error)

    def heal_network_info(self, instance_uuid: None, after: int) -> None:
        """Look at the servers after the one with the id `after`, as many as go together."""
        if not _heals():
            return
        page = server_ports.get_page(after, _PAGE)
        try:
            if page:
                self.network_api.heal_network_info(
                    minova_context.get_admin_context(), [uuid for _id, uuid in page])
            after = page[-1][0] if len(page) == _PAGE else 0
        except exception.MinovaException as error:
            LOG.warning('What servers show of their networks may be old: %s', error)
        self._healed(after)

    @staticmethod
    @engine.retry_on_conflict
    def _healed(after: int) -> None:
        with engine.writer() as conn:
            work.complete(conn)
            _look_again(conn, after)
