"""The tables: `from minova.db import tables as t`, then `t.instances`, `t.flavors` ...

One module per family of nouns; all share `t.metadata`. What is said here is said once more by the
migrations; a test holds the two together.

Rules for all tables:
- `id` is an integer that is never used again; where there is a `uuid`, that is what the API shows.
  Only an image has a uuid for its `id`.
- `created_at` and `updated_at` fill themselves. Where there is a column `deleted`, dead rows stay:
  it is 0 while the row is alive and its id afterwards. From all other tables rows are deleted.
- Columns of type Json hold plain data and are converted; those of type JsonText hold JSON text as
  it is, because lists of servers read it by the thousand.
"""

from minova.db.tables.base import metadata
from minova.db.tables.compute import (
    agent_builds,
    aggregate_hosts,
    aggregate_metadata,
    aggregates,
    compute_nodes,
    loaded_fixtures,
    services,
    simulator_settings,
)
from minova.db.tables.flavors import flavor_extra_specs, flavor_projects, flavors
from minova.db.tables.history import (
    instance_actions,
    instance_actions_events,
    instance_faults,
    migrations,
    task_log,
)
from minova.db.tables.identity import application_credentials, revoked_tokens
from minova.db.tables.images import image_members, image_tags, images
from minova.db.tables.instances import (
    block_device_mappings,
    instance_group_members,
    instance_group_policies,
    instance_groups,
    instances,
    work_items,
)
from minova.db.tables.keys import certificates, console_auth_tokens, consoles, key_pairs
from minova.db.tables.network import (
    dns_domains,
    dns_entries,
    fixed_ips,
    floating_ips,
    given_ports,
    networks,
    port_security_groups,
    routers,
    subnets,
    virtual_interfaces,
)
from minova.db.tables.quotas import quota_classes, quota_usages, quotas
from minova.db.tables.security_groups import (
    security_group_default_rules,
    security_group_instance_association,
    security_group_rules,
    security_groups,
)
from minova.db.tables.volumes import snapshots, volume_type_projects, volume_types, volumes

__all__ = (
    "agent_builds", "aggregate_hosts", "aggregate_metadata", "aggregates", "application_credentials",
    "block_device_mappings", "certificates", "compute_nodes", "console_auth_tokens", "consoles",
    "dns_domains", "dns_entries", "fixed_ips", "flavor_extra_specs", "flavor_projects", "flavors",
    "floating_ips", "given_ports", "image_members", "image_tags", "images", "instance_actions",
    "instance_actions_events", "instance_faults",
    "instance_group_members", "instance_group_policies", "instance_groups", "instances",
    "key_pairs", "loaded_fixtures", "metadata", "migrations", "networks", "port_security_groups",
    "quota_classes", "quota_usages", "quotas", "routers",
    "revoked_tokens",
    "security_group_default_rules", "security_group_instance_association", "security_group_rules",
    "security_groups", "services", "simulator_settings", "snapshots", "subnets", "task_log",
    "virtual_interfaces",
    "volume_type_projects", "volume_types", "volumes",
    "work_items",
)
