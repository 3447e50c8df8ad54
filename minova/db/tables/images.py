"""The images of the embedded image service."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table

from minova.db.tables.base import TABLE_OPTIONS, metadata, required, timestamps
from minova.db.types import DateTime, Json, Name, Uuid

# An image's id is its uuid, and `deleted` a plain yes or no.
images = Table(
    "images",
    metadata,
    Column("id", Uuid, primary_key=True),
    *timestamps(),
    Column("deleted_at", DateTime),
    required("deleted", Boolean, default=False),
    Column("name", Name),
    required("status", String(30)),
    # A number; an imported image may have it as text, and is shown as it was imported.
    Column("size", Json),
    required("min_disk", Integer, default=0),
    required("min_ram", Integer, default=0),
    Column("owner", Name),
    required("is_public", Boolean, default=False),
    required("protected", Boolean, default=False),
    Column("checksum", String(32)),
    Column("container_format", String(20)),
    Column("disk_format", String(20)),
    required("properties", Json, default=dict),
    Index(None, "deleted", "created_at", "id"),
    Index(None, "owner", "deleted", "created_at", "id"),
    **TABLE_OPTIONS,
)
