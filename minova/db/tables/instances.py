"""Servers, the work still to be done on them, their disks and their groups."""

from sqlalchemy import Boolean, Column, Index, Integer, String, UniqueConstraint

from minova.db.tables.base import child_of, required, soft_delete, table, timestamps
from minova.db.types import DateTime, Json, JsonText, LongText, Name, Uuid, utcnow

instances = table(
    "instances",
    required("uuid", Uuid),
    *timestamps(),
    *soft_delete(),
    required("user_id", Name),
    required("project_id", Name),
    Column("image_ref", Name),
    Column("kernel_id", Name),
    Column("ramdisk_id", Name),
    Column("launch_index", Integer, default=0),
    Column("key_name", Name),
    Column("key_data", LongText),
    Column("power_state", Integer, default=0),
    Column("vm_state", Name),
    Column("task_state", Name),
    Column("memory_mb", Integer, default=0),
    Column("vcpus", Integer, default=0),
    Column("root_gb", Integer, default=0),
    Column("ephemeral_gb", Integer, default=0),
    Column("swap_mb", Integer, default=0),
    Column("hostname", Name),
    Column("host", Name),
    Column("node", Name),
    Column("flavor_id", Integer),
    Column("flavorid", Name),
    # The flavors as they were when they were used: {name, flavorid, memory_mb, ..., extra_specs}.
    Column("flavor", JsonText),
    Column("old_flavor", JsonText),
    Column("new_flavor", JsonText),
    Column("user_data", LongText),
    Column("reservation_id", Name),
    Column("launched_at", DateTime),
    Column("terminated_at", DateTime),
    Column("availability_zone", Name),
    Column("display_name", Name),
    Column("display_description", Name),
    Column("launched_on", Name),
    required("locked", Boolean, default=False),
    Column("locked_by", String(16)),
    Column("os_type", Name),
    Column("architecture", Name),
    Column("vm_mode", Name),
    Column("root_device_name", Name),
    Column("config_drive", Name),
    Column("access_ip_v4", String(39)),
    Column("access_ip_v6", String(39)),
    Column("auto_disk_config", Boolean),
    Column("progress", Integer, default=0),
    required("shutdown_terminate", Boolean, default=False),
    required("disable_terminate", Boolean, default=False),
    Column("cell_name", Name),
    required("cleaned", Integer, default=0),
    Column("metadata", JsonText),
    Column("system_metadata", JsonText),
    # What a list of servers shows of other tables, kept here by those who change these.
    Column("network_info", JsonText),
    Column("security_groups", JsonText),
    Column("volumes_attached", JsonText),
    Column("fault", JsonText),
    Column("scheduler_hints", JsonText),
    UniqueConstraint("uuid"),
    # Pages, newest first: the indexes are read backwards.
    Index(None, "project_id", "deleted", "created_at", "id"),
    Index(None, "deleted", "created_at", "id"),
    Index(None, "project_id", "deleted", "vm_state", "created_at", "id"),
    Index(None, "deleted", "vm_state", "created_at", "id"),
    # changes-since
    Index(None, "project_id", "deleted", "updated_at"),
    Index(None, "deleted", "updated_at"),
    Index(None, "project_id", "deleted", "display_name", "created_at", "id"),
    Index(None, "host", "deleted", "created_at", "id"),
    Index(None, "project_id", "deleted", "host", "created_at", "id"),
    Index(None, "reservation_id"),
)

# Work that was accepted and is not done yet: the queue behind compute/rpcapi. Whoever works on an
# item holds a lease on it.
work_items = table(
    "work_items",
    required("uuid", Uuid),
    required("created_at", DateTime, default=utcnow),
    Column("instance_uuid", Uuid),
    Column("host", Name),
    required("method", Name),
    required("args", JsonText),
    Column("not_before", DateTime),
    Column("owner", Name),
    Column("lease_expires_at", DateTime),
    required("attempts", Integer, default=0),
    UniqueConstraint("uuid"),
    Index(None, "instance_uuid"),
    Index(None, "owner", "lease_expires_at"),
    Index(None, "not_before"),
)

block_device_mappings = table(
    "block_device_mappings",
    *timestamps(),
    required("instance_uuid", Uuid),
    Column("source_type", Name),
    Column("destination_type", Name),
    Column("guest_format", Name),
    Column("device_type", Name),
    Column("disk_bus", Name),
    Column("boot_index", Integer),
    Column("device_name", Name),
    required("delete_on_termination", Boolean, default=False),
    Column("snapshot_id", Uuid),
    Column("volume_id", Uuid),
    Column("volume_size", Integer),
    Column("image_id", Uuid),
    Column("no_device", Boolean),
    Column("connection_info", Json),
    Index(None, "instance_uuid", "device_name"),
    Index(None, "volume_id"),
)

instance_groups = table(
    "instance_groups",
    *timestamps(),
    required("uuid", Uuid),
    required("user_id", Name),
    required("project_id", Name),
    Column("name", Name),
    UniqueConstraint("uuid"),
    Index(None, "project_id"),
)

instance_group_policies = table(
    "instance_group_policies",
    child_of("group_id", "instance_groups"),
    required("policy", Name),
    Index(None, "group_id"),
)

instance_group_members = table(
    "instance_group_members",
    child_of("group_id", "instance_groups"),
    required("instance_uuid", Uuid),
    UniqueConstraint("group_id", "instance_uuid"),
    Index(None, "instance_uuid"),
)
