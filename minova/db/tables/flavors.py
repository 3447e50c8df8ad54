"""Flavors, which Nova's tables call instance types."""

from sqlalchemy import Boolean, Column, Float, Index, Integer, UniqueConstraint

from minova.db.tables.base import child_of, required, soft_delete, table, timestamps
from minova.db.types import LongText, Name

flavors = table(
    "flavors",
    *timestamps(),
    *soft_delete(),
    required("name", Name),
    required("flavorid", Name),
    required("memory_mb", Integer),
    required("vcpus", Integer),
    required("root_gb", Integer, default=0),
    required("ephemeral_gb", Integer, default=0),
    required("swap", Integer, default=0),
    required("rxtx_factor", Float, default=1.0),
    Column("vcpu_weight", Integer),
    required("disabled", Boolean, default=False),
    required("is_public", Boolean, default=True),
    UniqueConstraint("flavorid", "deleted"),
    UniqueConstraint("name", "deleted"),
)

flavor_extra_specs = table(
    "flavor_extra_specs",
    *timestamps(),
    child_of("flavor_id", "flavors"),
    required("key", Name),
    Column("value", LongText),
    UniqueConstraint("flavor_id", "key"),
)

# The projects that may use a flavor which is not public.
flavor_projects = table(
    "flavor_projects",
    *timestamps(),
    child_of("flavor_id", "flavors"),
    required("project_id", Name),
    UniqueConstraint("flavor_id", "project_id"),
    Index(None, "project_id"),
)
