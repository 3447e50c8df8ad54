"""Limits, and what is used of them."""

from sqlalchemy import Column, Integer, UniqueConstraint

from minova.db.tables.base import required, table, timestamps
from minova.db.types import Name

# user_id '' is the limit of the project.
quotas = table(
    "quotas",
    *timestamps(),
    required("project_id", Name),
    required("user_id", Name, default=""),
    required("resource", Name),
    Column("hard_limit", Integer),
    UniqueConstraint("project_id", "user_id", "resource"),
)

quota_classes = table(
    "quota_classes",
    *timestamps(),
    required("class_name", Name),
    required("resource", Name),
    Column("hard_limit", Integer),
    UniqueConstraint("class_name", "resource"),
)

# One row for all that a user has in a project, and one, with user_id '', for all that the project
# has: a create takes its share of everything by one UPDATE.
quota_usages = table(
    "quota_usages",
    *timestamps(),
    required("project_id", Name),
    required("user_id", Name, default=""),
    required("instances", Integer, default=0),
    required("cores", Integer, default=0),
    required("ram", Integer, default=0),
    required("floating_ips", Integer, default=0),
    required("security_groups", Integer, default=0),
    required("server_groups", Integer, default=0),
    required("volumes", Integer, default=0),
    required("snapshots", Integer, default=0),
    required("gigabytes", Integer, default=0),
    UniqueConstraint("project_id", "user_id"),
)
