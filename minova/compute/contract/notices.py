"""Notices: what other services tell about servers and their volumes."""

import abc


class NoticeAPI(abc.ABC):

    @abc.abstractmethod
    def external_instance_event(self, context, events: list[dict]) -> list[int]:
        """Tell what happened to servers elsewhere.

        An event is a dict: name ('network-changed', 'network-vif-plugged', ...), server_uuid,
        status ('completed', 'failed', 'in-progress'), tag (the id of a port, or None). For each
        event the answer is 200, 404 when there is no such server, or 422 when it is on no host.
        """

    @abc.abstractmethod
    def volume_snapshot_create(self, context, volume_id: str, create_info: dict) -> None:
        """Have the hypervisor take a snapshot of a volume that a server uses.

        create_info: snapshot_id, type ('qcow2'), new_file, perhaps id. Raises VolumeBDMNotFound.
        """

    @abc.abstractmethod
    def volume_snapshot_delete(self, context, volume_id: str, snapshot_id: str,
                               delete_info: dict) -> None:
        """Have the hypervisor delete such a snapshot. Raises VolumeBDMNotFound."""
