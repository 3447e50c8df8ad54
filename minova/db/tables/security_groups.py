"""Security groups, their rules, and the servers they are on."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, UniqueConstraint

from minova.db.tables.base import child_of, new_uuid, required, table, timestamps
from minova.db.types import LongText, Name, Uuid

security_groups = table(
    "security_groups",
    *timestamps(),
    required("uuid", Uuid, default=new_uuid),
    required("name", Name),
    Column("description", LongText),
    Column("user_id", Name),
    required("project_id", Name),
    required("revision", Integer, default=0),
    UniqueConstraint("uuid"),
    UniqueConstraint("project_id", "name"),
)

# A rule lets in either a range of addresses or the members of another group. Rules for what goes
# out (egress), and those for anybody, are Neutron's alone.
security_group_rules = table(
    "security_group_rules",
    *timestamps(),
    required("uuid", Uuid, default=new_uuid),
    child_of("parent_group_id", "security_groups"),
    Column("protocol", String(255)),
    Column("from_port", Integer),
    Column("to_port", Integer),
    Column("cidr", String(43)),
    Column("group_id", Integer, ForeignKey("security_groups.id", ondelete="CASCADE")),
    required("direction", String(8), default="ingress"),
    required("ethertype", String(8), default="IPv4"),
    Column("description", LongText),
    UniqueConstraint("uuid"),
    Index(None, "parent_group_id"),
    Index(None, "group_id"),
)

security_group_default_rules = table(
    "security_group_default_rules",
    *timestamps(),
    Column("protocol", String(5)),
    Column("from_port", Integer),
    Column("to_port", Integer),
    Column("cidr", String(43)),
)

security_group_instance_association = table(
    "security_group_instance_association",
    *timestamps(),
    child_of("security_group_id", "security_groups"),
    required("instance_uuid", Uuid),
    UniqueConstraint("security_group_id", "instance_uuid", name="uniq_sgia0group0instance"),
    Index("ix_sgia_instance_uuid", "instance_uuid"),
)
