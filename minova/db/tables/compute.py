"""Services, the hosts they run on, and groups of hosts."""

from sqlalchemy import Boolean, Column, Float, Index, Integer, String, UniqueConstraint

from minova.db.tables.base import child_of, required, soft_delete, table, timestamps
from minova.db.types import DateTime, Json, LongText, Name

services = table(
    "services",
    *timestamps(),
    *soft_delete(),
    required("host", Name),
    required("binary", Name),
    Column("topic", Name),
    required("report_count", Integer, default=0),
    required("disabled", Boolean, default=False),
    Column("disabled_reason", Name),
    Column("last_seen_up", DateTime),
    required("forced_down", Boolean, default=False),
    Column("version", Integer, default=0),
    UniqueConstraint("host", "binary", "deleted"),
)

compute_nodes = table(
    "compute_nodes",
    *timestamps(),
    Column("service_id", Integer),
    required("host", Name),
    required("hypervisor_hostname", Name),
    required("vcpus", Integer, default=0),
    required("memory_mb", Integer, default=0),
    required("local_gb", Integer, default=0),
    required("vcpus_used", Integer, default=0),
    required("memory_mb_used", Integer, default=0),
    required("local_gb_used", Integer, default=0),
    required("hypervisor_type", Name),
    required("hypervisor_version", Integer, default=0),
    Column("free_ram_mb", Integer),
    Column("free_disk_gb", Integer),
    Column("current_workload", Integer),
    Column("running_vms", Integer),
    # What the driver reports, as the text it is.
    Column("cpu_info", LongText),
    Column("disk_available_least", Integer),
    Column("host_ip", String(39)),
    Column("supported_instances", Json),
    Column("metrics", Json),
    Column("pci_stats", Json),
    Column("extra_resources", Json),
    Column("stats", Json),
    Column("numa_topology", Json),
    Column("ram_allocation_ratio", Float),
    Column("cpu_allocation_ratio", Float),
    # What an operator has asked of the host.
    required("powered_on", Boolean, default=True),
    required("maintenance", Boolean, default=False),
    UniqueConstraint("host", "hypervisor_hostname"),
    Index(None, "service_id"),
)

aggregates = table(
    "aggregates",
    *timestamps(),
    required("name", Name),
    UniqueConstraint("name"),
)

aggregate_hosts = table(
    "aggregate_hosts",
    *timestamps(),
    child_of("aggregate_id", "aggregates"),
    required("host", Name),
    UniqueConstraint("host", "aggregate_id"),
    Index(None, "aggregate_id"),
)

aggregate_metadata = table(
    "aggregate_metadata",
    *timestamps(),
    child_of("aggregate_id", "aggregates"),
    required("key", Name),
    required("value", Name),
    UniqueConstraint("aggregate_id", "key"),
    Index(None, "key"),
)

# Which build of the guest agent belongs on which guest.
agent_builds = table(
    "agent_builds",
    *timestamps(),
    required("hypervisor", Name),
    required("os", Name),
    required("architecture", Name),
    Column("version", Name),
    Column("url", Name),
    Column("md5hash", Name),
    UniqueConstraint("hypervisor", "os", "architecture"),
)

# What the simulated hypervisors have been told while they run: one row per subject.
simulator_settings = table(
    "simulator_settings",
    required("name", Name),
    Column("value", Json),
    UniqueConstraint("name"),
)

# Which things of a fixtures file have been made, and are not to be made again.
loaded_fixtures = table(
    "loaded_fixtures",
    *timestamps(),
    required("name", Name),
    UniqueConstraint("name"),
)
