"""Key pairs, certificates, and the tokens that open a console."""

from sqlalchemy import Column, Index, Integer, String, UniqueConstraint

from minova.db.tables.base import required, table, timestamps
from minova.db.types import DateTime, LongText, Name, Uuid, utcnow

key_pairs = table(
    "key_pairs",
    *timestamps(),
    required("user_id", Name),
    required("name", Name),
    Column("fingerprint", Name),
    Column("public_key", LongText),
    required("type", String(16), default="ssh"),
    UniqueConstraint("user_id", "name"),
)

certificates = table(
    "certificates",
    *timestamps(),
    Column("user_id", Name),
    Column("project_id", Name),
    Column("file_name", Name),
    Index(None, "project_id"),
)

console_auth_tokens = table(
    "console_auth_tokens",
    required("created_at", DateTime, default=utcnow),
    required("token_hash", Name),
    required("instance_uuid", Uuid),
    required("console_type", Name),
    required("host", Name),
    Column("port", Integer),
    Column("internal_access_path", Name),
    required("expires_at", DateTime),
    UniqueConstraint("token_hash"),
    Index(None, "instance_uuid"),
    Index(None, "expires_at"),
)

consoles = table(
    "consoles",
    *timestamps(),
    required("instance_uuid", Uuid),
    Column("instance_name", Name),
    Column("password", Name),
    Column("port", Integer),
    Column("console_type", Name),
    Column("host", Name),
    Column("public_hostname", Name),
    Index(None, "instance_uuid"),
)
