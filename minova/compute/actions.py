"""What can be done to a server, as data: the state machine.

One table says for every action in which states it is accepted, which task the server has from then on,
through which others it goes and what it ends as. The API checks by it, the manager carries out by it, and
docs/states.md is written from it (compute/states_doc.py). Nothing else decides about states.
"""

import dataclasses

from minova import exception
from minova.compute import states as s

ANY = None      #: every state will do
NO_TASK = frozenset({None})


@dataclasses.dataclass(frozen=True)
class Action:
    """An action on a server.

    name: what clients call it, also in the message that refuses it
    vm_states, task_states: those in which it is accepted; ANY for all
    locks: a locked server refuses it to those who are no administrators
    host: the server must be on a host
    launched: the server must have been active once
    task_state: its task from the acceptance on; None: the action is done with its acceptance
    through: the tasks that it has after that, in their order
    ends: the vm_state in the end; several when it depends; empty: as before
    stays_stopped: what was stopped ends as stopped, and not as `ends` says
    failed: the vm_state when it cannot be carried out; None: as before
    record: its name among the instance actions; None: it is not recorded
    events: the parts of it that are recorded there, in their order
    work: the method of the manager that carries it out
    """

    name: str
    vm_states: frozenset[str] | None = ANY
    task_states: frozenset[str | None] | None = NO_TASK
    locks: bool = True
    host: bool = False
    launched: bool = True
    task_state: str | None = None
    through: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    stays_stopped: bool = False
    failed: str | None = None
    record: str | None = None
    events: tuple[str, ...] = ()
    work: str | None = None

    @property
    def tasks(self) -> tuple[str, ...]:
        """All tasks that a server has while this is carried out."""
        return (self.task_state, *self.through)


def _in(*vm_states: str) -> frozenset[str]:
    return frozenset(vm_states)


def _action(name, vm_states, task_state, ends, record, **more) -> Action:
    more.setdefault('work', f'{record}_instance')
    more.setdefault('events', (f'compute_{more["work"]}',))
    return Action(name, vm_states, task_state=task_state, ends=(ends,), record=record, **more)


# ---- power

START = _action('start', _in(s.STOPPED), s.POWERING_ON, s.ACTIVE, 'start', host=True)
STOP = _action('stop', _in(s.ACTIVE, s.ERROR), s.POWERING_OFF, s.STOPPED, 'stop', host=True)
REBOOT_SOFT = _action(
    'reboot', _in(s.ACTIVE), s.REBOOTING, s.ACTIVE, 'reboot',
    through=(s.REBOOT_PENDING, s.REBOOT_STARTED))
REBOOT_HARD = _action(
    'reboot', _in(s.ACTIVE, s.STOPPED, s.PAUSED, s.SUSPENDED, s.ERROR), s.REBOOTING_HARD, s.ACTIVE,
    'reboot', through=(s.REBOOT_PENDING_HARD, s.REBOOT_STARTED_HARD),
    task_states=frozenset({None, s.REBOOTING, s.REBOOT_PENDING, s.REBOOT_STARTED, s.RESUMING,
                           s.UNPAUSING, s.PAUSING, s.SUSPENDING}))
PAUSE = _action('pause', _in(s.ACTIVE), s.PAUSING, s.PAUSED, 'pause')
UNPAUSE = _action('unpause', _in(s.PAUSED), s.UNPAUSING, s.ACTIVE, 'unpause')
SUSPEND = _action('suspend', _in(s.ACTIVE), s.SUSPENDING, s.SUSPENDED, 'suspend')
RESUME = _action('resume', _in(s.SUSPENDED), s.RESUMING, s.ACTIVE, 'resume')
RESCUE = _action('rescue', _in(s.ACTIVE, s.STOPPED, s.ERROR), s.RESCUING, s.RESCUED, 'rescue',
                 failed=s.ERROR)
UNRESCUE = _action('unrescue', _in(s.RESCUED), s.UNRESCUING, s.ACTIVE, 'unrescue', failed=s.ERROR)
CHANGE_PASSWORD = _action(
    'changePassword', _in(s.ACTIVE), s.UPDATING_PASSWORD, s.ACTIVE, 'changePassword',
    work='set_admin_password', failed=s.ERROR)

# ---- images

_IMAGEABLE = _in(s.ACTIVE, s.STOPPED, s.PAUSED, s.SUSPENDED)
CREATE_IMAGE = Action(
    'createImage', _IMAGEABLE, locks=False, task_state=s.IMAGE_SNAPSHOT_PENDING,
    through=(s.IMAGE_SNAPSHOT, s.IMAGE_PENDING_UPLOAD, s.IMAGE_UPLOADING), work='snapshot_instance')
CREATE_BACKUP = Action(
    'createBackup', _IMAGEABLE, locks=False, task_state=s.IMAGE_BACKUP,
    through=(s.IMAGE_PENDING_UPLOAD, s.IMAGE_UPLOADING), work='backup_instance')
SHELVE = Action(
    'shelve', _IMAGEABLE, task_state=s.SHELVING,
    through=(s.SHELVING_IMAGE_PENDING_UPLOAD, s.SHELVING_IMAGE_UPLOADING, s.SHELVING_OFFLOADING),
    ends=(s.SHELVED, s.SHELVED_OFFLOADED), record='shelve', events=('compute_shelve_instance',),
    work='shelve_instance')
SHELVE_OFFLOAD = Action(
    'shelveOffload', _in(s.SHELVED), task_state=s.SHELVING_OFFLOADING, ends=(s.SHELVED_OFFLOADED,),
    work='shelve_offload_instance')
UNSHELVE = Action(
    'unshelve', _in(s.SHELVED, s.SHELVED_OFFLOADED), task_state=s.UNSHELVING,
    through=(s.POWERING_ON, s.SPAWNING), ends=(s.ACTIVE,), record='unshelve',
    events=('get_image_info', 'schedule_instances', 'compute_unshelve_instance'),
    work='unshelve_instance')

# ---- made anew, or elsewhere

REBUILD = Action(
    'rebuild', _in(s.ACTIVE, s.STOPPED, s.ERROR), task_state=s.REBUILDING,
    through=(s.REBUILD_BLOCK_DEVICE_MAPPING, s.REBUILD_SPAWNING), ends=(s.ACTIVE,),
    stays_stopped=True, failed=s.ERROR, record='rebuild',
    events=('rebuild_server', 'compute_rebuild_instance'),
    work='rebuild_instance')
EVACUATE = dataclasses.replace(REBUILD, name='evacuate', locks=False, record='evacuate',
                               work='evacuate_instance')
RESIZE = Action(
    'resize', _in(s.ACTIVE, s.STOPPED), task_state=s.RESIZE_PREP,
    through=(s.RESIZE_MIGRATING, s.RESIZE_MIGRATED, s.RESIZE_FINISH), ends=(s.RESIZED,),
    failed=s.ERROR, record='resize',
    events=('cold_migrate', 'compute_prep_resize', 'compute_resize_instance',
            'compute_finish_resize'), work='resize_instance')
MIGRATE = dataclasses.replace(RESIZE, name='migrate', record='migrate')
CONFIRM_RESIZE = Action(
    'confirmResize', _in(s.RESIZED), task_state=s.RESIZE_CONFIRMING, ends=(s.ACTIVE, s.STOPPED),
    failed=s.ERROR, record='confirmResize', events=('compute_confirm_resize',),
    work='confirm_resize')
REVERT_RESIZE = Action(
    'revertResize', _in(s.RESIZED), task_state=s.RESIZE_REVERTING, ends=(s.ACTIVE, s.STOPPED),
    failed=s.ERROR, record='revertResize',
    events=('compute_revert_resize', 'compute_finish_revert_resize'), work='revert_resize')
LIVE_MIGRATE = Action(
    'os-migrateLive', _in(s.ACTIVE, s.PAUSED), locks=False, task_state=s.MIGRATING,
    record='live-migration',
    events=('compute_pre_live_migration', 'compute_live_migration'), work='live_migrate_instance')

# ---- the end, and back

DELETE = Action(
    'delete', task_states=ANY, launched=False, task_state=s.DELETING, ends=(s.DELETED,),
    failed=s.ERROR, record='delete', events=('compute_terminate_instance',),
    work='terminate_instance')
FORCE_DELETE = dataclasses.replace(DELETE, name='forceDelete')
SOFT_DELETE = Action(
    'delete', task_states=ANY, task_state=s.SOFT_DELETING, ends=(s.SOFT_DELETED,), failed=s.ERROR,
    record='delete', events=('compute_soft_delete_instance',), work='soft_delete_instance')
RESTORE = _action('restore', _in(s.SOFT_DELETED), s.RESTORING, s.ACTIVE, 'restore')

# ---- what needs no task

LOCK = Action('lock', task_states=ANY, locks=False, launched=False)
UNLOCK = Action('unlock', task_states=ANY, locks=False, launched=False)
RESET_STATE = Action('os-resetState', task_states=ANY, locks=False, launched=False,
                     ends=(s.ACTIVE, s.ERROR))
RESET_NETWORK = Action('resetNetwork', task_states=ANY, launched=False, work='reset_network')
INJECT_NETWORK_INFO = Action('injectNetworkInfo', task_states=ANY, launched=False,
                             work='inject_network_info')
CONSOLE_OUTPUT = Action('os-getConsoleOutput', task_states=ANY, locks=False, host=True,
                        launched=False)
CONSOLE = Action('get_console', task_states=ANY, locks=False, host=True, launched=False)
DIAGNOSTICS = Action('get_diagnostics', task_states=ANY, locks=False, host=True, launched=False)

#: Every action, by the name that it has in this module.
ALL: dict[str, Action] = {
    name: value for name, value in list(globals().items()) if isinstance(value, Action)}


def check(context, instance: dict, action: Action) -> None:
    """May `context` do `action` to the server, as it is?

    Raises InstanceIsLocked, InstanceNotReady (on no host), InstanceInvalidState; in this order, as
    clients have learned to expect it.
    """
    if action.locks and instance['locked'] and not context.is_admin:
        raise exception.InstanceIsLocked(instance_uuid=instance['uuid'])
    if action.host and not instance['host']:
        raise exception.InstanceNotReady(instance_id=instance['uuid'])
    for attr, allowed in (('vm_state', action.vm_states), ('task_state', action.task_states)):
        if allowed is not ANY and instance[attr] not in allowed:
            raise exception.InstanceInvalidState(
                instance_uuid=instance['uuid'], attr=attr, state=instance[attr], method=action.name)
    if action.launched and not instance['launched_at']:
        raise exception.InstanceInvalidState(
            instance_uuid=instance['uuid'], attr=None, state=instance['vm_state'],
            method=action.name)
