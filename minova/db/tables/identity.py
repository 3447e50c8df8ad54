"""What the identity service has to remember; users and projects are in a file."""

from sqlalchemy import Boolean, Column, Index, UniqueConstraint

from minova.db.tables.base import required, table, timestamps
from minova.db.types import DateTime, Json, LongText, Name, Uuid

#: Tokens that were ended before their time, until that has come.
revoked_tokens = table(
    "revoked_tokens",
    required("audit_id", Name),
    required("expires_at", DateTime),
    UniqueConstraint("audit_id"),
    Index(None, "expires_at"),
)

application_credentials = table(
    "application_credentials",
    *timestamps(),
    required("uuid", Uuid),
    required("user_id", Name),
    required("project_id", Name),
    required("name", Name),
    Column("description", LongText),
    required("secret_hash", Name),
    required("roles", Json),
    Column("expires_at", DateTime),
    required("unrestricted", Boolean, default=False),
    UniqueConstraint("uuid"),
    UniqueConstraint("user_id", "name"),
)
