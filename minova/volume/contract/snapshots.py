"""Snapshots of volumes."""

import abc


class SnapshotAPI(abc.ABC):
    """A snapshot is a dict: id, user_id, project_id, volume_id, volume_size (GiB), status ('creating',
    'available', 'deleting', 'error'), progress ('100%'), display_name, display_description,
    metadata, created_at, updated_at.
    """

    @abc.abstractmethod
    def get_snapshot(self, context, snapshot_id: str) -> dict:
        """Raises SnapshotNotFound."""

    @abc.abstractmethod
    def get_all_snapshots(self, context, limit: int | None = None, offset: int = 0, *,
                          filters: list[tuple] = (), sort: list[tuple] = (),
                          marker: str | None = None, all_projects: bool = False) -> list[dict]:
        """Raises MarkerNotFound."""

    @abc.abstractmethod
    def count_snapshots(self, context, *, filters: list[tuple] = (),
                        all_projects: bool = False) -> int:
        """How long the list would be without a limit."""

    @abc.abstractmethod
    def create_snapshot(self, context, volume_id: str, name: str | None, description: str | None,
                        force: bool = False, metadata: dict | None = None) -> dict:
        """Make a snapshot of a volume that is available, or with `force` also of one in use.

        It is answered as it was when that began: creating. Raises VolumeNotFound, InvalidInput,
        SnapshotLimitExceeded, VolumeSizeExceedsAvailableQuota.
        """

    @abc.abstractmethod
    def update_snapshot(self, context, snapshot_id: str, values: dict) -> dict:
        """Set display_name, display_description, status and progress; the snapshot then.

        Raises SnapshotNotFound, InvalidInput.
        """

    @abc.abstractmethod
    def update_snapshot_metadata(self, context, snapshot_id: str, metadata: dict, *,
                                 whole: bool = False) -> dict:
        """Set these of its metadata, and with `whole` no others stay; all of them then.

        Raises SnapshotNotFound.
        """

    @abc.abstractmethod
    def delete_snapshot_metadata(self, context, snapshot_id: str, key: str) -> None:
        """Raises SnapshotNotFound, SnapshotMetadataNotFound."""

    @abc.abstractmethod
    def delete_snapshot(self, context, snapshot_id: str, *, force: bool = True) -> None:
        """Delete a snapshot; without `force` only one that is available or in error.

        Raises SnapshotNotFound, InvalidInput.
        """
