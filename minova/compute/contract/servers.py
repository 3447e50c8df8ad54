"""Servers: what is asked of the backend about them."""

import abc

from minova.compute.contract.server_actions import ServerActionsAPI


class API(ServerActionsAPI):
    """A server is a dict with these keys.

    id (int), uuid, display_name, hostname, user_id, project_id, reservation_id, launch_index
    vm_state, task_state (or None), power_state (int), progress (0 to 100), locked, locked_by
    image_ref ('' for none), kernel_id, ramdisk_id, flavor_id (int), flavorid, flavor (dict, as it was
        when the server got it), memory_mb, vcpus, root_gb, ephemeral_gb
    key_name, user_data (base64), metadata (dict), config_drive ('' or 'True'), auto_disk_config
    host, node, availability_zone (as asked for), root_device_name
    network_info: [{'label', 'mac', 'id', 'ips': [{'address', 'version', 'type', 'floating': []}]}]
    security_groups: [names]; volumes_attached: [{'id', 'delete_on_termination'}]; access_ip_v4,
        access_ip_v6
    fault (None, or {'code', 'message', 'details', 'created' (ISO time)}), created_at, updated_at,
    launched_at, terminated_at, deleted_at (naive UTC), deleted (bool)
    """

    @abc.abstractmethod
    def get(self, context, instance_id: str) -> dict:
        """One server that is not deleted, by its uuid or its number as text.

        Raises InstanceNotFound, also for another project's.
        """

    @abc.abstractmethod
    def get_all(self, context, search_opts: dict, limit: int | None = None, marker: str | None = None,
                sort_keys: list[str] | None = None, sort_dirs: list[str] | None = None) -> list[dict]:
        """Servers, newest first unless sort keys are given.

        search_opts: any of the keys above, plus name and ip, ip6 (regular expressions, one of the two
        addresses is enough), fixed_ip, image, flavor (flavorid), tenant_id, metadata (JSON: an object,
        or several), changes-since (datetime; deleted servers are included), deleted (bool; None: both).
        A list means any of its values.

        Raises MarkerNotFound, InvalidInput (sort keys, regular expressions).
        """

    @abc.abstractmethod
    def create(self, context, flavor: dict, image_ref: str | None, *, display_name: str,
               min_count: int = 1, max_count: int | None = None, admin_password: str | None = None,
               metadata: dict | None = None, access_ip_v4: str | None = None,
               access_ip_v6: str | None = None, requested_networks: list[dict] | None = None,
               security_groups: list[str] | None = None, user_data: str | None = None,
               key_name: str | None = None, availability_zone: str | None = None,
               injected_files: list[tuple[str, str]] | None = None,
               block_device_mapping: list[dict] | None = None, legacy_bdm: bool = True,
               config_drive=None, auto_disk_config: bool | None = None,
               scheduler_hints: dict | None = None, check_server_group_quota: bool = False,
               ) -> tuple[list[dict], str]:
        """Accept min_count to max_count servers; (the servers, in state building; reservation id).

        They are committed when this returns, and are built afterwards.

        Raises TooManyInstances and the other QuotaErrors, ImageNotFound, ImageNotActive,
        FlavorMemoryTooSmall, FlavorDiskTooSmall, KeypairNotFound, InvalidMetadata,
        InvalidMetadataSize, SecurityGroupNotFound, InvalidInput and other Invalids.
        """

    @abc.abstractmethod
    def update(self, context, instance: dict, **values) -> dict:
        """Change display_name, access_ip_v4, access_ip_v6, auto_disk_config; the server afterwards.

        Raises InstanceNotFound.
        """

    @abc.abstractmethod
    def delete(self, context, instance: dict) -> None:
        """Accept the deletion, in any state, once more too.

        With [DEFAULT]reclaim_instance_interval it becomes soft-deleted first. Raises InstanceIsLocked,
        InstanceInvalidState, InstanceNotFound.
        """

    @abc.abstractmethod
    def attach_interface(self, context, instance: dict, network_id: str | None, port_id: str | None,
                         fixed_ip: str | None) -> dict:
        """Give the server one more port, as network.contract.ServerAPI tells it; the port.

        Needs vm_state active, paused or stopped, and no task. Raises InstanceIsLocked,
        InstanceInvalidState, InstanceNotFound, and what the network raises.
        """

    @abc.abstractmethod
    def detach_interface(self, context, instance: dict, port_id: str) -> None:
        """Take the port from the server. Needs the same state. Raises the same."""

    @abc.abstractmethod
    def update_instance_metadata(self, context, instance: dict, metadata: dict,
                                 delete: bool = False) -> dict:
        """Set these items, and with `delete` drop all others; the metadata afterwards.

        Needs vm_state active, paused, suspended or stopped, and no task. Raises InstanceIsLocked,
        InstanceInvalidState, QuotaError, InvalidMetadata, InvalidMetadataSize.
        """

    @abc.abstractmethod
    def delete_instance_metadata(self, context, instance: dict, key: str) -> None:
        """Drop one item. Needs the same state. Raises InstanceIsLocked, InstanceInvalidState."""
