"""The states of a server, and the status that clients see in their place.

vm_state is what the server is, task_state what is being done to it, power_state what the hypervisor says.
"""

# vm_state
ACTIVE = 'active'
BUILDING = 'building'
PAUSED = 'paused'
SUSPENDED = 'suspended'
STOPPED = 'stopped'
RESCUED = 'rescued'
RESIZED = 'resized'
SOFT_DELETED = 'soft-delete'
DELETED = 'deleted'
ERROR = 'error'
SHELVED = 'shelved'
SHELVED_OFFLOADED = 'shelved_offloaded'

# task_state
SCHEDULING = 'scheduling'
BLOCK_DEVICE_MAPPING = 'block_device_mapping'
NETWORKING = 'networking'
SPAWNING = 'spawning'
IMAGE_SNAPSHOT = 'image_snapshot'
IMAGE_SNAPSHOT_PENDING = 'image_snapshot_pending'
IMAGE_PENDING_UPLOAD = 'image_pending_upload'
IMAGE_UPLOADING = 'image_uploading'
IMAGE_BACKUP = 'image_backup'
UPDATING_PASSWORD = 'updating_password'
RESIZE_PREP = 'resize_prep'
RESIZE_MIGRATING = 'resize_migrating'
RESIZE_MIGRATED = 'resize_migrated'
RESIZE_FINISH = 'resize_finish'
RESIZE_REVERTING = 'resize_reverting'
RESIZE_CONFIRMING = 'resize_confirming'
REBOOTING = 'rebooting'
REBOOT_PENDING = 'reboot_pending'
REBOOT_STARTED = 'reboot_started'
REBOOTING_HARD = 'rebooting_hard'
REBOOT_PENDING_HARD = 'reboot_pending_hard'
REBOOT_STARTED_HARD = 'reboot_started_hard'
PAUSING = 'pausing'
UNPAUSING = 'unpausing'
SUSPENDING = 'suspending'
RESUMING = 'resuming'
POWERING_OFF = 'powering-off'
POWERING_ON = 'powering-on'
RESCUING = 'rescuing'
UNRESCUING = 'unrescuing'
REBUILDING = 'rebuilding'
REBUILD_BLOCK_DEVICE_MAPPING = 'rebuild_block_device_mapping'
REBUILD_SPAWNING = 'rebuild_spawning'
MIGRATING = 'migrating'
DELETING = 'deleting'
SOFT_DELETING = 'soft-deleting'
RESTORING = 'restoring'
SHELVING = 'shelving'
SHELVING_IMAGE_PENDING_UPLOAD = 'shelving_image_pending_upload'
SHELVING_IMAGE_UPLOADING = 'shelving_image_uploading'
SHELVING_OFFLOADING = 'shelving_offloading'
UNSHELVING = 'unshelving'

_RESIZE = dict.fromkeys((RESIZE_PREP, RESIZE_MIGRATING, RESIZE_MIGRATED, RESIZE_FINISH), 'RESIZE')
_REBUILD = dict.fromkeys((REBUILDING, REBUILD_BLOCK_DEVICE_MAPPING, REBUILD_SPAWNING), 'REBUILD')

# vm_state -> (status, {task_state: status that takes its place})
_STATUS = {
    ACTIVE: ('ACTIVE', {
        REBOOTING: 'REBOOT', REBOOT_PENDING: 'REBOOT', REBOOT_STARTED: 'REBOOT',
        REBOOTING_HARD: 'HARD_REBOOT', REBOOT_PENDING_HARD: 'HARD_REBOOT',
        REBOOT_STARTED_HARD: 'HARD_REBOOT', UPDATING_PASSWORD: 'PASSWORD', MIGRATING: 'MIGRATING',
        **_RESIZE, **_REBUILD}),
    BUILDING: ('BUILD', {}),
    STOPPED: ('SHUTOFF', {**_RESIZE, **_REBUILD}),
    RESIZED: ('VERIFY_RESIZE', {RESIZE_REVERTING: 'REVERT_RESIZE'}),
    PAUSED: ('PAUSED', {MIGRATING: 'MIGRATING'}),
    SUSPENDED: ('SUSPENDED', {}),
    RESCUED: ('RESCUE', {}),
    ERROR: ('ERROR', {**_REBUILD}),
    DELETED: ('DELETED', {}),
    SOFT_DELETED: ('SOFT_DELETED', {}),
    SHELVED: ('SHELVED', {}),
    SHELVED_OFFLOADED: ('SHELVED_OFFLOADED', {}),
}
_NO_TASK_MATTERS = ('UNKNOWN', {})


def status(vm_state: str | None, task_state: str | None) -> str:
    """What clients see, e.g. 'ACTIVE'; 'UNKNOWN' for a vm_state that there is not."""
    default, by_task = _STATUS.get(vm_state, _NO_TASK_MATTERS)
    return by_task.get(task_state, default)


def by_task(vm_state: str) -> dict[str, str]:
    """The statuses that take the place of the usual one, by task_state."""
    return _STATUS[vm_state][1]


def states_from_status(statuses: list[str]) -> tuple[set[str], set[str] | None]:
    """(vm states, task states) of the servers that show as one of `statuses`, in any case.

    The task states are None when they do not matter, and there are no vm states when no server can
    show so.
    """
    wanted = {s.lower() for s in statuses}
    vm_states, task_states, any_task = set(), set(), False
    for vm_state, (default, by_task) in _STATUS.items():
        if default.lower() in wanted:
            vm_states.add(vm_state)
            any_task = True
        for task_state, shown in by_task.items():
            if shown.lower() in wanted:
                vm_states.add(vm_state)
                task_states.add(task_state)
    return vm_states, None if any_task else task_states
