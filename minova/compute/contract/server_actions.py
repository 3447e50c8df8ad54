"""What can be done to servers.

Which states an action needs, passes through and ends in is the same for every backend: it is the table
of minova.compute.actions, and docs/states.md shows it. A method returns when the action is accepted and
committed, and the server has its task; it is carried out afterwards. `instance` is a server as API.get()
answers it.

Whatever does not fit raises InstanceIsLocked (for those who are no administrators), InstanceNotReady (it
is on no host), InstanceInvalidState or InstanceNotFound; other exceptions are named below.
"""

import abc


class ServerActionsAPI(abc.ABC):

    # ---- power

    @abc.abstractmethod
    def start(self, context, instance: dict) -> None:
        """From stopped to active."""

    @abc.abstractmethod
    def stop(self, context, instance: dict) -> None:
        """To stopped."""

    @abc.abstractmethod
    def reboot(self, context, instance: dict, reboot_type: str) -> None:
        """'SOFT' or 'HARD'."""

    @abc.abstractmethod
    def pause(self, context, instance: dict) -> None:
        """From active to paused."""

    @abc.abstractmethod
    def unpause(self, context, instance: dict) -> None:
        """From paused to active."""

    @abc.abstractmethod
    def suspend(self, context, instance: dict) -> None:
        """From active to suspended."""

    @abc.abstractmethod
    def resume(self, context, instance: dict) -> None:
        """From suspended to active."""

    @abc.abstractmethod
    def rescue(self, context, instance: dict, rescue_password: str | None = None,
               rescue_image_ref: str | None = None) -> None:
        """Start it from another image to repair it: by default from its own, afresh, and so too when the
        context sees no such image.

        Raises InstanceNotRescuable when its root disk is a volume.
        """

    @abc.abstractmethod
    def unrescue(self, context, instance: dict) -> None:
        """From rescued to active."""

    @abc.abstractmethod
    def set_admin_password(self, context, instance: dict, password: str) -> None:
        """Change the password of the guest's administrator."""

    # ---- without a task

    @abc.abstractmethod
    def lock(self, context, instance: dict) -> None:
        """Protect it from members; a lock that is there stays as it is for those of its project."""

    @abc.abstractmethod
    def unlock(self, context, instance: dict) -> None:
        """Take the lock away, whoever has set it."""

    @abc.abstractmethod
    def is_expected_locked_by(self, context, instance: dict) -> bool:
        """Whether the lock, if there is one, is of the kind that `context` would set."""

    @abc.abstractmethod
    def reset_state(self, context, instance: dict, state: str) -> None:
        """Say that it is 'active' or in 'error', and has no task."""

    @abc.abstractmethod
    def reset_network(self, context, instance: dict) -> None:
        """Let the guest set its network up anew."""

    @abc.abstractmethod
    def inject_network_info(self, context, instance: dict) -> None:
        """Tell the guest its addresses."""

    # ---- images, shelving

    @abc.abstractmethod
    def snapshot(self, context, instance: dict, name: str,
                 extra_properties: dict[str, str] | None = None) -> dict:
        """Make an image of it; the image (as the image service has it), which is filled later."""

    @abc.abstractmethod
    def backup(self, context, instance: dict, name: str, backup_type: str, rotation: int,
               extra_properties: dict[str, str] | None = None) -> dict:
        """The same, and delete all but the last `rotation` backups of this type.

        Raises InvalidRequest when the root disk of the server is a volume.
        """

    @abc.abstractmethod
    def shelve(self, context, instance: dict) -> None:
        """Make an image of it and take it off its host, as soon as is configured."""

    @abc.abstractmethod
    def shelve_offload(self, context, instance: dict) -> None:
        """Take a shelved server off its host now."""

    @abc.abstractmethod
    def unshelve(self, context, instance: dict) -> None:
        """From shelved, on a host or on none, to active."""

    # ---- another size, another host, made anew

    @abc.abstractmethod
    def resize(self, context, instance: dict, flavor_id: str | None = None,
               auto_disk_config: bool | None = None) -> None:
        """To another flavor (its id as clients write it), or with none to another host only.

        Raises FlavorNotFound, CannotResizeToSameFlavor, CannotResizeDisk, TooManyInstances,
        NoValidHost.
        """

    @abc.abstractmethod
    def confirm_resize(self, context, instance: dict) -> None:
        """It stays as it is now. Raises MigrationNotFoundByStatus."""

    @abc.abstractmethod
    def revert_resize(self, context, instance: dict) -> None:
        """It becomes again what it was. Raises MigrationNotFoundByStatus."""

    @abc.abstractmethod
    def live_migrate(self, context, instance: dict, block_migration: bool, disk_over_commit: bool,
                     host_name: str | None = None) -> None:
        """To that host, or to any other. Raises ComputeServiceUnavailable, UnableToMigrateToSelf,
        NoValidHost.
        """

    @abc.abstractmethod
    def rebuild(self, context, instance: dict, image_href: str, admin_password: str | None,
                files_to_inject: list[tuple[str, str]] | None = None, *,
                display_name: str | None = None, metadata: dict | None = None,
                access_ip_v4: str | None = None, access_ip_v6: str | None = None,
                auto_disk_config: bool | None = None, preserve_ephemeral: bool = False) -> None:
        """Make it anew from the image; what is None stays as it was.

        Raises what create raises for its image, metadata and files.
        """

    @abc.abstractmethod
    def evacuate(self, context, instance: dict, host: str | None, on_shared_storage: bool,
                 admin_password: str | None = None) -> None:
        """Make it anew on that host, or on any, because its own is dead.

        Raises ComputeServiceInUse, NoValidHost.
        """

    # ---- the end

    @abc.abstractmethod
    def force_delete(self, context, instance: dict) -> None:
        """Delete it for good, in any state."""

    @abc.abstractmethod
    def restore(self, context, instance: dict) -> None:
        """From soft-deleted to active. Raises TooManyInstances."""

    # ---- consoles and other things that a server tells

    @abc.abstractmethod
    def get_console_output(self, context, instance: dict, tail_length: int | None = None) -> str:
        """The last lines of its console, or all."""

    @abc.abstractmethod
    def get_console(self, context, instance: dict, console_type: str) -> dict:
        """{'url'} of a console: 'novnc', 'xvpvnc', 'spice-html5', 'rdp-html5', 'serial', 'webmks'.

        Raises ConsoleTypeUnavailable.
        """

    @abc.abstractmethod
    def get_console_connect_info(self, context, token: str) -> dict | None:
        """What a token opens: instance_uuid, console_type, host, port, internal_access_path."""

    @abc.abstractmethod
    def get_diagnostics(self, context, instance: dict) -> dict:
        """Figures by name, whatever the hypervisor has."""

    @abc.abstractmethod
    def get_consoles(self, context, instance_id: str) -> list[dict]:
        """The consoles of a console service: id, console_type, password, instance_name, host, port.

        None for a server that is not there, or is another project's.
        """

    @abc.abstractmethod
    def get_console_by_id(self, context, instance_id: str, console_id: int) -> dict:
        """One of them. Raises ConsoleNotFoundForInstance."""

    @abc.abstractmethod
    def create_console(self, context, instance_id: str) -> None:
        """Ask the console service, if there is one, for a console. Raises InstanceNotFound."""

    @abc.abstractmethod
    def delete_console(self, context, instance_id: str, console_id: int) -> None:
        """Raises ConsoleNotFoundForInstance."""

    @abc.abstractmethod
    def get_password(self, context, instance: dict) -> str:
        """The password that the guest has made up, encrypted for its owner; '' for none."""

    @abc.abstractmethod
    def clear_password(self, context, instance: dict) -> None:
        """Forget it."""


class InstanceActionAPI(abc.ABC):
    """The record of what was done to servers."""

    @abc.abstractmethod
    def actions_get(self, context, instance: dict) -> list[dict]:
        """Newest first: action, request_id, user_id, project_id, start_time, finish_time, message
        (None, or 'Error'), instance_uuid.
        """

    @abc.abstractmethod
    def action_get_by_request_id(self, context, instance: dict,
                                 request_id: str) -> tuple[dict, list[dict]] | None:
        """(the action, its events newest first: event, start_time, finish_time, result, traceback)."""
