"""The images of the embedded image service, their tags, and the projects that they are shared with."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from minova.db.tables.base import TABLE_OPTIONS, metadata, required, table, timestamps
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
    # The same as a number in any case: what is compared and sorted by.
    required("size_bytes", BigInteger, default=0),
    required("min_disk", Integer, default=0),
    required("min_ram", Integer, default=0),
    Column("owner", Name),
    required("visibility", String(10), default="shared"),
    required("hidden", Boolean, default=False),
    required("protected", Boolean, default=False),
    Column("checksum", String(32)),
    Column("hash_algo", String(20)),
    Column("hash_value", String(128)),
    Column("container_format", String(20)),
    Column("disk_format", String(20)),
    required("properties", Json, default=dict),
    Index(None, "deleted", "created_at", "id"),
    Index(None, "owner", "deleted", "created_at", "id"),
    **TABLE_OPTIONS,
)


def _image_id() -> Column:
    return Column("image_id", Uuid, ForeignKey("images.id", ondelete="CASCADE"), nullable=False)


image_tags = table(
    "image_tags",
    *timestamps(),
    _image_id(),
    required("value", Name),
    UniqueConstraint("image_id", "value"),
    Index(None, "value"),
)

image_members = table(
    "image_members",
    *timestamps(),
    _image_id(),
    required("member", Name),
    required("status", String(20), default="pending"),
    UniqueConstraint("image_id", "member"),
    Index(None, "member", "status"),
)
