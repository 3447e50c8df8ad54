"""Volumes, and their way into servers and back."""

import abc


class VolumeAPI(abc.ABC):
    """A volume is a dict with these keys.

    id (a uuid), user_id, project_id, size (GiB), display_name, display_description (texts or None)
    status ('creating', 'available', 'reserved', 'attaching', 'in-use', 'detaching', 'deleting', 'error')
    availability_zone, volume_type (text or None), volume_type_id (None: there is no such type)
    snapshot_id, source_volid, image_id (what it was made of), image_metadata (dict of strings, or None)
    bootable (bool), readonly (bool or None), metadata (dict of strings), created_at, updated_at
    (naive UTC), attach_status ('attached' or 'detached')
    attachment_id, attachment_status ('reserved', 'attaching', 'attached'), attach_mode ('rw', 'ro'),
    attached_host, connector (dict), instance_uuid and mountpoint (of the server), attach_time: None
    each where there is no such thing
    """

    @abc.abstractmethod
    def get(self, context, volume_id: str) -> dict:
        """Raises VolumeNotFound."""

    @abc.abstractmethod
    def get_all(self, context, limit: int | None = None, offset: int = 0, *,
                filters: list[tuple] = (), sort: list[tuple] = (), marker: str | None = None,
                all_projects: bool = False) -> list[dict]:
        """Raises MarkerNotFound."""

    @abc.abstractmethod
    def count(self, context, *, filters: list[tuple] = (), all_projects: bool = False) -> int:
        """How long the list would be without a limit."""

    @abc.abstractmethod
    def summarize(self, context, *, metadata: bool = False, all_projects: bool = False) -> dict:
        """How many volumes there are (total_count) and how large they are together (total_size, GiB).

        :param metadata: also {name: all values of it, sorted} of their metadata, as `metadata`
        """

    @abc.abstractmethod
    def create(self, context, size: int, name: str | None, description: str | None, *,
               snapshot: dict | None = None, source: dict | None = None, image_id: str | None = None,
               image_metadata: dict | None = None, volume_type: str | None = None,
               volume_type_id: str | None = None, metadata: dict | None = None,
               availability_zone: str | None = None) -> dict:
        """Make a volume, empty or of a snapshot, another volume or an image; it, as it was when
        that began: creating.

        Raises InvalidInput (sizes, also one smaller than what it is made of, and states of that),
        VolumeTypeNotFound, VolumeLimitExceeded, VolumeSizeExceedsAvailableQuota,
        VolumeSizeExceedsLimit.
        """

    @abc.abstractmethod
    def update(self, context, volume_id: str, values: dict) -> dict:
        """Set display_name, display_description, bootable, readonly; the volume then.

        Raises VolumeNotFound, InvalidInput.
        """

    @abc.abstractmethod
    def update_metadata(self, context, volume_id: str, metadata: dict, *,
                        of_image: bool = False, whole: bool = False) -> dict:
        """Set these of its metadata, or of what it knows of its image, and with `whole` no others
        stay; all of them then.

        Raises VolumeNotFound.
        """

    @abc.abstractmethod
    def delete_metadata(self, context, volume_id: str, key: str, *, of_image: bool = False) -> None:
        """Raises VolumeNotFound, VolumeMetadataNotFound."""

    @abc.abstractmethod
    def extend(self, context, volume_id: str, size: int, *, attached: bool = False) -> None:
        """Let a volume that is available, or with `attached` also one in use, grow to that size.

        Raises VolumeNotFound, InvalidInput, InvalidVolume, VolumeSizeExceedsAvailableQuota,
        VolumeSizeExceedsLimit.
        """

    @abc.abstractmethod
    def retype(self, context, volume_id: str, volume_type: dict) -> None:
        """Give a volume that is available or in use another type.

        Raises VolumeNotFound, InvalidVolume, InvalidInput (the type that it has), VolumeTypeNotFound.
        """

    @abc.abstractmethod
    def reset_status(self, context, volume_id: str, status: str | None = None,
                     attach_status: str | None = None) -> None:
        """Say that it is so, whatever it was; what is 'detached' has no attachment.

        Raises VolumeNotFound.
        """

    @abc.abstractmethod
    def delete(self, context, volume_id: str, *, cascade: bool = False, force: bool = False) -> None:
        """Delete a volume that is available or in error, or with `force` any that is not attached.

        It must have no snapshots, unless with `cascade` these are deleted too.
        Raises VolumeNotFound, InvalidInput (its state forbids that).
        """

    # ---- the way into a server and back

    @abc.abstractmethod
    def reserve_volume(self, context, volume_id: str) -> None:
        """available -> attaching. Raises VolumeNotFound, InvalidVolume."""

    @abc.abstractmethod
    def unreserve_volume(self, context, volume_id: str) -> None:
        """attaching -> available; nothing happens to one in another state, or with an attachment."""

    @abc.abstractmethod
    def attach(self, context, volume_id: str, instance_uuid: str | None, mountpoint: str, *,
               host: str | None = None, mode: str = 'rw', available: bool = False) -> None:
        """attaching (or with `available` that) -> in-use, at that device of that server, or of that
        host; it may be so already.

        Raises VolumeNotFound, InvalidVolume.
        """

    @abc.abstractmethod
    def begin_detaching(self, context, volume_id: str) -> None:
        """in-use -> detaching. Raises VolumeNotFound, InvalidVolume."""

    @abc.abstractmethod
    def roll_detaching(self, context, volume_id: str) -> None:
        """detaching -> in-use; nothing happens to one in another state."""

    @abc.abstractmethod
    def detach(self, context, volume_id: str, instance_uuid: str | None) -> None:
        """in-use or detaching -> available; nothing happens to one that this server has not."""
