"""What a hypervisor driver does for the manager.

A server is the dict of minova.compute.contract.servers, with all of its columns. Every method returns when
the work is done, may take as long as it takes, and is called again with the same arguments if the process
dies on the way; it raises VirtError with the reason when the hypervisor will not do it.
"""

import abc


class ComputeDriver(abc.ABC):

    @abc.abstractmethod
    def spawn(self, instance: dict, network_info: list[dict], injected_files: list[tuple[str, str]],
              admin_password: str | None) -> None:
        """Make the server and start it on instance['host']."""

    @abc.abstractmethod
    def destroy(self, instance: dict) -> None:
        """Remove all traces of the server from its host; harmless when there are none."""

    @abc.abstractmethod
    def get_power_state(self, instance: dict) -> int:
        """One of minova.virt.power_states, of a server of these vm_state and system_metadata."""

    @abc.abstractmethod
    def attach_volume(self, instance: dict, volume_id: str, mountpoint: str) -> None:
        """Give the server the volume as the device `mountpoint`; harmless when it has it."""

    @abc.abstractmethod
    def detach_volume(self, instance: dict, volume_id: str) -> None:
        """Take the volume away; harmless when the server has it not."""

    @abc.abstractmethod
    def swap_volume(self, instance: dict, old_volume_id: str, new_volume_id: str) -> None:
        """Put the new volume in the place of the old one, with what is on that."""

    # ---- power

    @abc.abstractmethod
    def power_on(self, instance: dict) -> None:
        """Start the server, or leave it running."""

    @abc.abstractmethod
    def power_off(self, instance: dict) -> None:
        """Stop the server, or leave it stopped."""

    @abc.abstractmethod
    def reboot(self, instance: dict, reboot_type: str) -> None:
        """'SOFT': ask the guest to; 'HARD': switch it off and on, whatever it was doing."""

    @abc.abstractmethod
    def pause(self, instance: dict) -> None:
        """Stop it, and keep its memory where it is."""

    @abc.abstractmethod
    def unpause(self, instance: dict) -> None:
        """Let a paused server go on."""

    @abc.abstractmethod
    def suspend(self, instance: dict) -> None:
        """Stop it, and write its memory down."""

    @abc.abstractmethod
    def resume(self, instance: dict) -> None:
        """Let a suspended server go on."""

    @abc.abstractmethod
    def rescue(self, instance: dict, rescue_image: dict | None, admin_password: str) -> None:
        """Start it from the image, with its own disk beside that."""

    @abc.abstractmethod
    def unrescue(self, instance: dict) -> None:
        """Start it from its own disk again."""

    @abc.abstractmethod
    def soft_delete(self, instance: dict) -> None:
        """Stop it so that it can be restored."""

    @abc.abstractmethod
    def restore(self, instance: dict) -> None:
        """Start a soft-deleted server again."""

    # ---- the guest

    @abc.abstractmethod
    def set_admin_password(self, instance: dict, new_pass: str) -> None:
        """Set the password of the guest's administrator."""

    @abc.abstractmethod
    def reset_network(self, instance: dict) -> None:
        """Let the guest set its network up anew."""

    @abc.abstractmethod
    def inject_network_info(self, instance: dict) -> None:
        """Tell the guest its addresses."""

    @abc.abstractmethod
    def get_console_output(self, instance: dict) -> str:
        """What the server has written on its console."""

    @abc.abstractmethod
    def get_console(self, instance: dict, console_type: str) -> dict:
        """Where a proxy reaches its console: {'host', 'port', 'internal_access_path' (or None)}."""

    @abc.abstractmethod
    def get_diagnostics(self, instance: dict) -> dict:
        """Figures by name, whatever the hypervisor has."""

    # ---- disks and hosts

    @abc.abstractmethod
    def snapshot(self, instance: dict, image_id: str) -> int:
        """Copy the server's disk into the image, which is there; its size in bytes."""

    @abc.abstractmethod
    def rebuild(self, instance: dict, network_info: list[dict],
                injected_files: list[tuple[str, str]], admin_password: str | None,
                preserve_ephemeral: bool) -> None:
        """Make a server that was destroyed again, and start it."""

    @abc.abstractmethod
    def migrate_disk_and_power_off(self, instance: dict, dest: str) -> None:
        """Stop it and copy its disk to the host `dest`, which may be where it is."""

    @abc.abstractmethod
    def finish_migration(self, instance: dict) -> None:
        """Start it on instance['host'] in its new size."""

    @abc.abstractmethod
    def confirm_migration(self, instance: dict) -> None:
        """Remove what was left where it came from."""

    @abc.abstractmethod
    def finish_revert_migration(self, instance: dict, power_on: bool) -> None:
        """Make it what it was, where it came from, and start it if it ran."""

    @abc.abstractmethod
    def live_migration(self, instance: dict, dest: str, block_migration: bool) -> None:
        """Move it to the host `dest` while it runs."""
