"""What minova may ask of a volume service."""

import abc


class API(abc.ABC):
    """A volume is a dict with these keys.

    id (a uuid), user_id, project_id, size (GiB), display_name, display_description (texts or None)
    status ('creating', 'available', 'attaching', 'in-use', 'detaching', 'deleting', 'error')
    availability_zone, volume_type (text or None), snapshot_id, image_id (what it was made of)
    bootable (bool), metadata (dict of strings), created_at, updated_at (naive UTC)
    attach_status ('attached' or 'detached'), instance_uuid and mountpoint (of the server, or None)

    A snapshot is a dict: id, user_id, project_id, volume_id, volume_size (GiB), status ('creating',
    'available', 'deleting', 'error'), progress ('100%'), display_name, display_description,
    metadata, created_at, updated_at.

    A context sees the volumes and snapshots of its project; an administrator finds all by id, but
    lists those of the context's project too. Changes of state are atomic: of several callers at
    most one succeeds.
    """

    @abc.abstractmethod
    def get(self, context, volume_id: str) -> dict:
        """Raises VolumeNotFound."""

    @abc.abstractmethod
    def get_all(self, context, limit: int | None = None, offset: int = 0) -> list[dict]:
        """The volumes of the context's project, newest first."""

    @abc.abstractmethod
    def create(self, context, size: int, name: str | None, description: str | None, *,
               snapshot: dict | None = None, image_id: str | None = None,
               volume_type: str | None = None, metadata: dict | None = None,
               availability_zone: str | None = None) -> dict:
        """Make a volume; it, as it was when that began: creating.

        Raises InvalidInput (sizes, also one smaller than the snapshot).
        """

    @abc.abstractmethod
    def delete(self, context, volume_id: str) -> None:
        """Delete a volume that is available or in error and has no snapshots.

        Raises VolumeNotFound, InvalidInput (its state forbids that).
        """

    @abc.abstractmethod
    def reserve_volume(self, context, volume_id: str) -> None:
        """available -> attaching. Raises VolumeNotFound, InvalidVolume."""

    @abc.abstractmethod
    def unreserve_volume(self, context, volume_id: str) -> None:
        """attaching -> available; nothing happens to one in another state."""

    @abc.abstractmethod
    def attach(self, context, volume_id: str, instance_uuid: str, mountpoint: str) -> None:
        """attaching -> in-use, at that device of that server; it may be so already.

        Raises VolumeNotFound, InvalidVolume.
        """

    @abc.abstractmethod
    def begin_detaching(self, context, volume_id: str) -> None:
        """in-use -> detaching. Raises VolumeNotFound, InvalidVolume."""

    @abc.abstractmethod
    def roll_detaching(self, context, volume_id: str) -> None:
        """detaching -> in-use; nothing happens to one in another state."""

    @abc.abstractmethod
    def detach(self, context, volume_id: str, instance_uuid: str) -> None:
        """in-use or detaching -> available; nothing happens to one that this server has not."""

    @abc.abstractmethod
    def get_snapshot(self, context, snapshot_id: str) -> dict:
        """Raises SnapshotNotFound."""

    @abc.abstractmethod
    def get_all_snapshots(self, context, limit: int | None = None, offset: int = 0) -> list[dict]:
        """The snapshots of the context's project, newest first."""

    @abc.abstractmethod
    def create_snapshot(self, context, volume_id: str, name: str | None, description: str | None,
                        force: bool = False) -> dict:
        """Make a snapshot of a volume that is available, or with `force` also of one in use.

        It is answered as it was when that began: creating. Raises VolumeNotFound, InvalidInput.
        """

    @abc.abstractmethod
    def delete_snapshot(self, context, snapshot_id: str) -> None:
        """Raises SnapshotNotFound."""
