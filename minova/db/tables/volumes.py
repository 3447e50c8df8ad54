"""The embedded volume service."""

from sqlalchemy import Boolean, Column, Index, Integer, UniqueConstraint

from minova.db.tables.base import child_of, required, soft_delete, table, timestamps
from minova.db.types import DateTime, Json, Name, Uuid

volumes = table(
    "volumes",
    *timestamps(),
    *soft_delete(),
    required("uuid", Uuid),
    Column("user_id", Name),
    Column("project_id", Name),
    required("size", Integer),
    required("status", Name),
    Column("display_name", Name),
    Column("display_description", Name),
    Column("availability_zone", Name),
    # The name, and the id of the type if there is one: who creates by Nova's API may name any.
    Column("volume_type", Name),
    Column("volume_type_id", Uuid),
    Column("snapshot_id", Uuid),
    Column("source_volid", Uuid),
    Column("image_id", Uuid),
    Column("image_metadata", Json),
    required("bootable", Boolean, default=False),
    Column("readonly", Boolean),
    required("metadata", Json, default=dict),
    # A volume is in one server at a time, so that its attachment is a part of its row.
    Column("attachment_id", Uuid),
    Column("attachment_status", Name),
    Column("attach_mode", Name),
    Column("attached_host", Name),
    Column("connector", Json),
    Column("instance_uuid", Uuid),
    Column("mountpoint", Name),
    Column("attach_time", DateTime),
    Column("attach_status", Name),
    UniqueConstraint("uuid"),
    Index(None, "project_id", "deleted", "created_at", "id"),
    Index(None, "deleted", "created_at", "id"),
    Index(None, "instance_uuid"),
    Index(None, "attachment_id"),
    Index(None, "volume_type_id"),
)

snapshots = table(
    "snapshots",
    *timestamps(),
    *soft_delete(),
    required("uuid", Uuid),
    Column("user_id", Name),
    Column("project_id", Name),
    required("volume_id", Uuid),
    required("volume_size", Integer),
    required("status", Name),
    Column("progress", Name),
    Column("display_name", Name),
    Column("display_description", Name),
    required("metadata", Json, default=dict),
    UniqueConstraint("uuid"),
    Index(None, "project_id", "deleted", "created_at", "id"),
    Index(None, "deleted", "created_at", "id"),
    Index(None, "volume_id"),
)

volume_types = table(
    "volume_types",
    *timestamps(),
    *soft_delete(),
    required("uuid", Uuid),
    required("name", Name),
    Column("description", Name),
    required("is_public", Boolean, default=True),
    required("extra_specs", Json, default=dict),
    UniqueConstraint("uuid"),
    UniqueConstraint("name", "deleted"),
)

# The projects that may use a type which is not public.
volume_type_projects = table(
    "volume_type_projects",
    *timestamps(),
    child_of("volume_type_id", "volume_types"),
    required("project_id", Name),
    UniqueConstraint("volume_type_id", "project_id"),
    Index(None, "project_id"),
)
