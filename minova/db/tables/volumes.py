"""The embedded volume service."""

from sqlalchemy import Boolean, Column, Index, Integer, UniqueConstraint

from minova.db.tables.base import required, soft_delete, table, timestamps
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
    Column("volume_type", Name),
    Column("snapshot_id", Uuid),
    Column("image_id", Uuid),
    required("bootable", Boolean, default=False),
    required("metadata", Json, default=dict),
    Column("instance_uuid", Uuid),
    Column("mountpoint", Name),
    Column("attach_time", DateTime),
    Column("attach_status", Name),
    UniqueConstraint("uuid"),
    Index(None, "project_id", "deleted", "created_at", "id"),
    Index(None, "instance_uuid"),
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
    Index(None, "volume_id"),
)
