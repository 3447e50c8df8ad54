"""Bare metal nodes: machines that are rented as they are."""

import abc


class BareMetalAPI(abc.ABC):
    """A node is a dict: id (a uuid), host, task_state, cpus, memory_mb, disk_gb, instance_uuid,
    interfaces (a list of MAC addresses).

    All methods raise FeatureNotSupported where there is no bare metal.
    """

    @abc.abstractmethod
    def get_all(self, context) -> list[dict]:
        """All nodes."""

    @abc.abstractmethod
    def get(self, context, node_id: str) -> dict:
        """Raises NodeNotFound."""
