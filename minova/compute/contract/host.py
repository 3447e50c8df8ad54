"""Hosts: the services that run on them, and their hypervisors."""

import abc


class HostAPI(abc.ABC):
    """A service is a dict: id (int), host, binary ('nova-compute', ...), topic ('compute', ...),
    availability_zone, disabled, disabled_reason, forced_down, up (bool: it has reported lately),
    created_at, updated_at.

    A compute node is a dict: id (int), host, hypervisor_hostname, hypervisor_type,
    hypervisor_version (int), host_ip, cpu_info (JSON text), vcpus, vcpus_used, memory_mb,
    memory_mb_used, free_ram_mb, local_gb, local_gb_used, free_disk_gb, disk_available_least,
    current_workload, running_vms (ints), service (the service that speaks for it).
    """

    @abc.abstractmethod
    def get_host_zones(self, context) -> dict[str, str]:
        """Host -> availability zone; a host that is in no particular one may be missing."""

    @abc.abstractmethod
    def service_get_all(self, context, host: str | None = None, binary: str | None = None,
                        disabled: bool | None = None, availability_zone: str | None = None,
                        ) -> list[dict]:
        """The services, in the order of their ids, that are as the arguments say."""

    @abc.abstractmethod
    def service_update(self, context, host: str, binary: str, **values) -> None:
        """Change disabled, disabled_reason or forced_down. Raises HostBinaryNotFound."""

    @abc.abstractmethod
    def service_delete(self, context, service_id: int) -> None:
        """Forget a service, and its hypervisors, until it starts again. Raises ServiceNotFound."""

    @abc.abstractmethod
    def compute_node_get_all(self, context, host: str | None = None) -> list[dict]:
        """All compute nodes in the order of their ids, or those of one host."""

    @abc.abstractmethod
    def compute_node_get(self, context, compute_id: int) -> dict:
        """Raises ComputeHostNotFound."""

    @abc.abstractmethod
    def compute_node_search_by_hypervisor(self, context, hypervisor_match: str) -> list[dict]:
        """The compute nodes that have the text in their hypervisor_hostname."""

    @abc.abstractmethod
    def compute_node_statistics(self, context) -> dict:
        """The figures of all compute nodes whose service is enabled added up, and their count."""

    @abc.abstractmethod
    def instance_get_all_by_hosts(self, context, hosts: list[str]) -> dict[str, list[dict]]:
        """By host, the servers there: uuid, and name (the hypervisor's, 'instance-00000001')."""

    @abc.abstractmethod
    def resources_by_project(self, context, host: str) -> dict[str, dict]:
        """What the servers of each project have of the host: vcpus, memory_mb, local_gb."""

    @abc.abstractmethod
    def get_migrations(self, context, filters: dict) -> list[dict]:
        """Migrations of servers between hosts, in the order of their ids.

        filters: status, host (source or destination), source_compute, hidden, migration_type. A
        migration is a dict: id (int), instance_uuid, status, migration_type, source_compute,
        source_node, dest_compute, dest_node, dest_host, old_instance_type_id, new_instance_type_id
        (ids of flavors), hidden, created_at, updated_at.
        """

    @abc.abstractmethod
    def set_host_enabled(self, context, host: str, enabled: bool) -> str:
        """Let the host take new servers, or not; 'enabled' or 'disabled'.

        Raises ComputeHostNotFound, and NotImplementedError when the driver cannot.
        """

    @abc.abstractmethod
    def set_host_maintenance(self, context, host: str, mode: bool) -> str:
        """Begin or end maintenance; 'on_maintenance' or 'off_maintenance'. Raises the same."""

    @abc.abstractmethod
    def host_power_action(self, context, host: str, action: str) -> str:
        """'startup', 'shutdown' or 'reboot'; what was done. Raises the same."""

    @abc.abstractmethod
    def get_host_uptime(self, context, host: str) -> str:
        """What `uptime` prints there.

        Raises ComputeHostNotFound, ComputeServiceUnavailable when the host is down, and
        NotImplementedError.
        """
