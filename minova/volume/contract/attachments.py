"""Attachments: a volume that is in a server, or on its way there, as Nova of today asks for it."""

import abc


class AttachmentAPI(abc.ABC):
    """An attachment is a part of its volume, and looks like that: a dict with the keys of a volume,
    of which attachment_id is its id. A volume has at most one.

    It begins as 'reserved', is 'attaching' once the host is known that connects it, and 'attached'
    when that has done so; the volume is reserved, attaching and in-use then.
    """

    @abc.abstractmethod
    def get_attachment(self, context, attachment_id: str) -> dict:
        """Raises VolumeAttachmentNotFound."""

    @abc.abstractmethod
    def get_all_attachments(self, context, limit: int | None = None, offset: int = 0, *,
                            filters: list[tuple] = (), marker: str | None = None,
                            all_projects: bool = False) -> list[dict]:
        """Newest volumes first. Raises MarkerNotFound; the marker is the id of an attachment."""

    @abc.abstractmethod
    def create_attachment(self, context, volume_id: str, instance_uuid: str | None,
                          connector: dict | None = None, mode: str | None = None) -> dict:
        """Reserve an available volume for a server, or attach it already to what `connector` says.

        `connector` is a dict with any of host, mountpoint, ip, initiator and more.
        Raises VolumeNotFound, InvalidVolume.
        """

    @abc.abstractmethod
    def update_attachment(self, context, attachment_id: str, connector: dict) -> dict:
        """Tell which host is to connect it. Raises VolumeAttachmentNotFound."""

    @abc.abstractmethod
    def complete_attachment(self, context, attachment_id: str) -> None:
        """The host is connected. Raises VolumeAttachmentNotFound, InvalidVolume (no host is known)."""

    @abc.abstractmethod
    def delete_attachment(self, context, attachment_id: str) -> None:
        """The volume is available again. Raises VolumeAttachmentNotFound."""
