"""Volumes in servers."""

import abc


class VolumeAttachmentAPI(abc.ABC):
    """The three changes need vm_state active, paused, suspended, stopped, resized or soft-delete,
    and no task; they raise InstanceIsLocked, InstanceInvalidState and InstanceNotFound. They are
    accepted when they return, and the volume says when they are done.
    """

    @abc.abstractmethod
    def get_block_devices(self, context, instance: dict) -> list[dict]:
        """The disks of a server, in the order in which they came: dicts with device_name,
        boot_index (0: the root disk), volume_id (None for a disk that is no volume) and more.
        """

    @abc.abstractmethod
    def attach_volume(self, context, instance: dict, volume_id: str,
                      device: str | None = None) -> str:
        """Attach an available volume; the name of the device that it becomes.

        Raises VolumeNotFound, InvalidVolume, InvalidDevicePath, DevicePathInUse.
        """

    @abc.abstractmethod
    def detach_volume(self, context, instance: dict, volume: dict) -> None:
        """Raises InvalidVolume, VolumeNotFound, VolumeUnattached (not to this server)."""

    @abc.abstractmethod
    def swap_volume(self, context, instance: dict, old_volume: dict, new_volume: dict) -> None:
        """Put an available volume, at least as large, in the place of an attached one.

        Raises InvalidVolume, VolumeNotFound, VolumeUnattached (the old one).
        """
