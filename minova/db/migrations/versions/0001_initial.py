"""The whole schema."""

import sqlalchemy as sa
from alembic import op

from minova.db.types import DateTime, LongText

revision = "0001"
down_revision = None


def create(name, *items):
    op.create_table(
        name, *items, sqlite_autoincrement=True,
        mysql_engine="InnoDB", mysql_charset="utf8mb4", mysql_collate="utf8mb4_nopad_bin",
    )


def upgrade():
    create(
        "agent_builds",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("hypervisor", sa.String(255), nullable=False),
        sa.Column("os", sa.String(255), nullable=False),
        sa.Column("architecture", sa.String(255), nullable=False),
        sa.Column("version", sa.String(255)),
        sa.Column("url", sa.String(255)),
        sa.Column("md5hash", sa.String(255)),
        sa.UniqueConstraint("hypervisor", "os", "architecture",
                            name="uniq_agent_builds0hypervisor0os0architecture"),
    )

    create(
        "aggregates",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("name", sa.String(255), nullable=False),
        sa.UniqueConstraint("name", name="uniq_aggregates0name"),
    )

    create(
        "application_credentials",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(255), nullable=False),
        sa.Column("project_id", sa.String(255), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("description", LongText),
        sa.Column("secret_hash", sa.String(255), nullable=False),
        sa.Column("roles", LongText, nullable=False),
        sa.Column("expires_at", DateTime),
        sa.Column("unrestricted", sa.Boolean, nullable=False),
        sa.UniqueConstraint("uuid", name="uniq_application_credentials0uuid"),
        sa.UniqueConstraint("user_id", "name", name="uniq_application_credentials0user_id0name"),
    )

    create(
        "block_device_mappings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("instance_uuid", sa.String(36), nullable=False),
        sa.Column("source_type", sa.String(255)),
        sa.Column("destination_type", sa.String(255)),
        sa.Column("guest_format", sa.String(255)),
        sa.Column("device_type", sa.String(255)),
        sa.Column("disk_bus", sa.String(255)),
        sa.Column("boot_index", sa.Integer),
        sa.Column("device_name", sa.String(255)),
        sa.Column("delete_on_termination", sa.Boolean, nullable=False),
        sa.Column("snapshot_id", sa.String(36)),
        sa.Column("volume_id", sa.String(36)),
        sa.Column("volume_size", sa.Integer),
        sa.Column("image_id", sa.String(36)),
        sa.Column("no_device", sa.Boolean),
        sa.Column("connection_info", LongText),
    )
    op.create_index("ix_block_device_mappings_instance_uuid_device_name", "block_device_mappings",
                    ["instance_uuid", "device_name"])
    op.create_index("ix_block_device_mappings_volume_id", "block_device_mappings", ["volume_id"])

    create(
        "certificates",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("user_id", sa.String(255)),
        sa.Column("project_id", sa.String(255)),
        sa.Column("file_name", sa.String(255)),
    )
    op.create_index("ix_certificates_project_id", "certificates", ["project_id"])

    create(
        "compute_nodes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("service_id", sa.Integer),
        sa.Column("host", sa.String(255), nullable=False),
        sa.Column("hypervisor_hostname", sa.String(255), nullable=False),
        sa.Column("vcpus", sa.Integer, nullable=False),
        sa.Column("memory_mb", sa.Integer, nullable=False),
        sa.Column("local_gb", sa.Integer, nullable=False),
        sa.Column("vcpus_used", sa.Integer, nullable=False),
        sa.Column("memory_mb_used", sa.Integer, nullable=False),
        sa.Column("local_gb_used", sa.Integer, nullable=False),
        sa.Column("hypervisor_type", sa.String(255), nullable=False),
        sa.Column("hypervisor_version", sa.Integer, nullable=False),
        sa.Column("free_ram_mb", sa.Integer),
        sa.Column("free_disk_gb", sa.Integer),
        sa.Column("current_workload", sa.Integer),
        sa.Column("running_vms", sa.Integer),
        sa.Column("cpu_info", LongText),
        sa.Column("disk_available_least", sa.Integer),
        sa.Column("host_ip", sa.String(39)),
        sa.Column("supported_instances", LongText),
        sa.Column("metrics", LongText),
        sa.Column("pci_stats", LongText),
        sa.Column("extra_resources", LongText),
        sa.Column("stats", LongText),
        sa.Column("numa_topology", LongText),
        sa.Column("ram_allocation_ratio", sa.Float),
        sa.Column("cpu_allocation_ratio", sa.Float),
        sa.Column("powered_on", sa.Boolean, nullable=False),
        sa.Column("maintenance", sa.Boolean, nullable=False),
        sa.UniqueConstraint("host", "hypervisor_hostname",
                            name="uniq_compute_nodes0host0hypervisor_hostname"),
    )
    op.create_index("ix_compute_nodes_service_id", "compute_nodes", ["service_id"])

    create(
        "console_auth_tokens",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("token_hash", sa.String(255), nullable=False),
        sa.Column("instance_uuid", sa.String(36), nullable=False),
        sa.Column("console_type", sa.String(255), nullable=False),
        sa.Column("host", sa.String(255), nullable=False),
        sa.Column("port", sa.Integer),
        sa.Column("internal_access_path", sa.String(255)),
        sa.Column("expires_at", DateTime, nullable=False),
        sa.UniqueConstraint("token_hash", name="uniq_console_auth_tokens0token_hash"),
    )
    op.create_index("ix_console_auth_tokens_expires_at", "console_auth_tokens", ["expires_at"])
    op.create_index("ix_console_auth_tokens_instance_uuid", "console_auth_tokens",
                    ["instance_uuid"])

    create(
        "consoles",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("instance_uuid", sa.String(36), nullable=False),
        sa.Column("instance_name", sa.String(255)),
        sa.Column("password", sa.String(255)),
        sa.Column("port", sa.Integer),
        sa.Column("console_type", sa.String(255)),
        sa.Column("host", sa.String(255)),
        sa.Column("public_hostname", sa.String(255)),
    )
    op.create_index("ix_consoles_instance_uuid", "consoles", ["instance_uuid"])

    create(
        "dns_domains",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("domain", sa.String(255), nullable=False),
        sa.Column("scope", sa.String(255)),
        sa.Column("availability_zone", sa.String(255)),
        sa.Column("project_id", sa.String(255)),
        sa.UniqueConstraint("domain", name="uniq_dns_domains0domain"),
    )

    create(
        "fixed_ips",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("address", sa.String(39), nullable=False),
        sa.Column("network_id", sa.Integer),
        sa.Column("subnet_id", sa.Integer),
        sa.Column("virtual_interface_id", sa.Integer),
        sa.Column("instance_uuid", sa.String(36)),
        sa.Column("allocated", sa.Boolean, nullable=False),
        sa.Column("leased", sa.Boolean, nullable=False),
        sa.Column("reserved", sa.Boolean, nullable=False),
        sa.Column("host", sa.String(255)),
        sa.UniqueConstraint("address", "network_id", name="uniq_fixed_ips0address0network_id"),
    )
    op.create_index("ix_fixed_ips_host", "fixed_ips", ["host"])
    op.create_index("ix_fixed_ips_instance_uuid", "fixed_ips", ["instance_uuid"])
    op.create_index("ix_fixed_ips_network_id_reserved_allocated_instance_uuid", "fixed_ips",
                    ["network_id", "reserved", "allocated", "instance_uuid"])
    op.create_index("ix_fixed_ips_subnet_id", "fixed_ips", ["subnet_id"])
    op.create_index("ix_fixed_ips_virtual_interface_id", "fixed_ips", ["virtual_interface_id"])

    create(
        "flavors",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("deleted_at", DateTime),
        sa.Column("deleted", sa.Integer, nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("flavorid", sa.String(255), nullable=False),
        sa.Column("memory_mb", sa.Integer, nullable=False),
        sa.Column("vcpus", sa.Integer, nullable=False),
        sa.Column("root_gb", sa.Integer, nullable=False),
        sa.Column("ephemeral_gb", sa.Integer, nullable=False),
        sa.Column("swap", sa.Integer, nullable=False),
        sa.Column("rxtx_factor", sa.Float, nullable=False),
        sa.Column("vcpu_weight", sa.Integer),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("is_public", sa.Boolean, nullable=False),
        sa.UniqueConstraint("flavorid", "deleted", name="uniq_flavors0flavorid0deleted"),
        sa.UniqueConstraint("name", "deleted", name="uniq_flavors0name0deleted"),
    )

    create(
        "floating_ips",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("address", sa.String(39), nullable=False),
        sa.Column("fixed_ip_id", sa.Integer),
        sa.Column("project_id", sa.String(255)),
        sa.Column("host", sa.String(255)),
        sa.Column("auto_assigned", sa.Boolean, nullable=False),
        sa.Column("pool", sa.String(255)),
        sa.Column("interface", sa.String(255)),
        sa.Column("network_id", sa.Integer),
        sa.Column("router_id", sa.Integer),
        sa.Column("description", LongText),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.UniqueConstraint("uuid", name="uniq_floating_ips0uuid"),
        sa.UniqueConstraint("address", name="uniq_floating_ips0address"),
    )
    op.create_index("ix_floating_ips_fixed_ip_id", "floating_ips", ["fixed_ip_id"])
    op.create_index("ix_floating_ips_network_id", "floating_ips", ["network_id"])
    op.create_index("ix_floating_ips_pool_project_id", "floating_ips", ["pool", "project_id"])
    op.create_index("ix_floating_ips_project_id", "floating_ips", ["project_id"])
    op.create_index("ix_floating_ips_router_id", "floating_ips", ["router_id"])

    create(
        "given_ports",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("instance_uuid", sa.String(36), nullable=False),
        sa.Column("port_id", sa.String(36), nullable=False),
        sa.UniqueConstraint("instance_uuid", "port_id", name="uniq_given_ports0instance_uuid0port_id"),
    )

    create(
        "images",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("deleted_at", DateTime),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.Column("name", sa.String(255)),
        sa.Column("status", sa.String(30), nullable=False),
        sa.Column("size", LongText),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("min_disk", sa.Integer, nullable=False),
        sa.Column("min_ram", sa.Integer, nullable=False),
        sa.Column("owner", sa.String(255)),
        sa.Column("visibility", sa.String(10), nullable=False),
        sa.Column("hidden", sa.Boolean, nullable=False),
        sa.Column("protected", sa.Boolean, nullable=False),
        sa.Column("checksum", sa.String(32)),
        sa.Column("hash_algo", sa.String(20)),
        sa.Column("hash_value", sa.String(128)),
        sa.Column("container_format", sa.String(20)),
        sa.Column("disk_format", sa.String(20)),
        sa.Column("properties", LongText, nullable=False),
    )
    op.create_index("ix_images_deleted_created_at_id", "images", ["deleted", "created_at", "id"])
    op.create_index("ix_images_owner_deleted_created_at_id", "images", ["owner", "deleted",
                    "created_at", "id"])

    create(
        "image_members",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("image_id", sa.String(36), nullable=False),
        sa.Column("member", sa.String(255), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.UniqueConstraint("image_id", "member", name="uniq_image_members0image_id0member"),
        sa.ForeignKeyConstraint(["image_id"], ["images.id"], name="fk_image_members_image_id",
                                ondelete="CASCADE"),
    )
    op.create_index("ix_image_members_member_status", "image_members", ["member", "status"])

    create(
        "image_tags",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("image_id", sa.String(36), nullable=False),
        sa.Column("value", sa.String(255), nullable=False),
        sa.UniqueConstraint("image_id", "value", name="uniq_image_tags0image_id0value"),
        sa.ForeignKeyConstraint(["image_id"], ["images.id"], name="fk_image_tags_image_id",
                                ondelete="CASCADE"),
    )
    op.create_index("ix_image_tags_value", "image_tags", ["value"])

    create(
        "instance_actions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("instance_uuid", sa.String(36), nullable=False),
        sa.Column("action", sa.String(255), nullable=False),
        sa.Column("request_id", sa.String(255)),
        sa.Column("user_id", sa.String(255)),
        sa.Column("project_id", sa.String(255)),
        sa.Column("start_time", DateTime, nullable=False),
        sa.Column("finish_time", DateTime),
        sa.Column("message", sa.String(255)),
    )
    op.create_index("ix_instance_actions_instance_uuid_created_at_id", "instance_actions",
                    ["instance_uuid", "created_at", "id"])
    op.create_index("ix_instance_actions_request_id", "instance_actions", ["request_id"])

    create(
        "instance_faults",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("instance_uuid", sa.String(36), nullable=False),
        sa.Column("code", sa.Integer, nullable=False),
        sa.Column("message", sa.String(255)),
        sa.Column("details", LongText),
        sa.Column("host", sa.String(255)),
    )
    op.create_index("ix_instance_faults_instance_uuid_created_at_id", "instance_faults",
                    ["instance_uuid", "created_at", "id"])

    create(
        "instance_groups",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(255), nullable=False),
        sa.Column("project_id", sa.String(255), nullable=False),
        sa.Column("name", sa.String(255)),
        sa.UniqueConstraint("uuid", name="uniq_instance_groups0uuid"),
    )
    op.create_index("ix_instance_groups_project_id", "instance_groups", ["project_id"])

    create(
        "instances",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("deleted_at", DateTime),
        sa.Column("deleted", sa.Integer, nullable=False),
        sa.Column("user_id", sa.String(255), nullable=False),
        sa.Column("project_id", sa.String(255), nullable=False),
        sa.Column("image_ref", sa.String(255)),
        sa.Column("kernel_id", sa.String(255)),
        sa.Column("ramdisk_id", sa.String(255)),
        sa.Column("launch_index", sa.Integer),
        sa.Column("key_name", sa.String(255)),
        sa.Column("key_data", LongText),
        sa.Column("power_state", sa.Integer),
        sa.Column("vm_state", sa.String(255)),
        sa.Column("task_state", sa.String(255)),
        sa.Column("memory_mb", sa.Integer),
        sa.Column("vcpus", sa.Integer),
        sa.Column("root_gb", sa.Integer),
        sa.Column("ephemeral_gb", sa.Integer),
        sa.Column("swap_mb", sa.Integer),
        sa.Column("hostname", sa.String(255)),
        sa.Column("host", sa.String(255)),
        sa.Column("node", sa.String(255)),
        sa.Column("flavor_id", sa.Integer),
        sa.Column("flavorid", sa.String(255)),
        sa.Column("flavor", LongText),
        sa.Column("old_flavor", LongText),
        sa.Column("new_flavor", LongText),
        sa.Column("user_data", LongText),
        sa.Column("reservation_id", sa.String(255)),
        sa.Column("launched_at", DateTime),
        sa.Column("terminated_at", DateTime),
        sa.Column("availability_zone", sa.String(255)),
        sa.Column("display_name", sa.String(255)),
        sa.Column("display_description", sa.String(255)),
        sa.Column("launched_on", sa.String(255)),
        sa.Column("locked", sa.Boolean, nullable=False),
        sa.Column("locked_by", sa.String(16)),
        sa.Column("os_type", sa.String(255)),
        sa.Column("architecture", sa.String(255)),
        sa.Column("vm_mode", sa.String(255)),
        sa.Column("root_device_name", sa.String(255)),
        sa.Column("config_drive", sa.String(255)),
        sa.Column("access_ip_v4", sa.String(39)),
        sa.Column("access_ip_v6", sa.String(39)),
        sa.Column("auto_disk_config", sa.Boolean),
        sa.Column("progress", sa.Integer),
        sa.Column("shutdown_terminate", sa.Boolean, nullable=False),
        sa.Column("disable_terminate", sa.Boolean, nullable=False),
        sa.Column("cell_name", sa.String(255)),
        sa.Column("cleaned", sa.Integer, nullable=False),
        sa.Column("metadata", LongText),
        sa.Column("system_metadata", LongText),
        sa.Column("network_info", LongText),
        sa.Column("security_groups", LongText),
        sa.Column("volumes_attached", LongText),
        sa.Column("fault", LongText),
        sa.Column("scheduler_hints", LongText),
        sa.UniqueConstraint("uuid", name="uniq_instances0uuid"),
    )
    op.create_index("ix_instances_deleted_created_at_id", "instances", ["deleted", "created_at",
                    "id"])
    op.create_index("ix_instances_deleted_updated_at", "instances", ["deleted", "updated_at"])
    op.create_index("ix_instances_deleted_vm_state_created_at_id", "instances", ["deleted",
                    "vm_state", "created_at", "id"])
    op.create_index("ix_instances_host_deleted_created_at_id", "instances", ["host", "deleted",
                    "created_at", "id"])
    op.create_index("ix_instances_project_id_deleted_created_at_id", "instances", ["project_id",
                    "deleted", "created_at", "id"])
    op.create_index("ix_instances_project_id_deleted_display_name_created_at_id", "instances",
                    ["project_id", "deleted", "display_name", "created_at", "id"])
    op.create_index("ix_instances_project_id_deleted_host_created_at_id", "instances", ["project_id",
                    "deleted", "host", "created_at", "id"])
    op.create_index("ix_instances_project_id_deleted_updated_at", "instances", ["project_id",
                    "deleted", "updated_at"])
    op.create_index("ix_instances_project_id_deleted_vm_state_created_at_id", "instances",
                    ["project_id", "deleted", "vm_state", "created_at", "id"])
    op.create_index("ix_instances_reservation_id", "instances", ["reservation_id"])

    create(
        "key_pairs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("user_id", sa.String(255), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("fingerprint", sa.String(255)),
        sa.Column("public_key", LongText),
        sa.Column("type", sa.String(16), nullable=False),
        sa.UniqueConstraint("user_id", "name", name="uniq_key_pairs0user_id0name"),
    )

    create(
        "loaded_fixtures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("name", sa.String(255), nullable=False),
        sa.UniqueConstraint("name", name="uniq_loaded_fixtures0name"),
    )

    create(
        "migrations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("source_compute", sa.String(255)),
        sa.Column("dest_compute", sa.String(255)),
        sa.Column("source_node", sa.String(255)),
        sa.Column("dest_node", sa.String(255)),
        sa.Column("dest_host", sa.String(255)),
        sa.Column("old_instance_type_id", sa.Integer),
        sa.Column("new_instance_type_id", sa.Integer),
        sa.Column("instance_uuid", sa.String(36), nullable=False),
        sa.Column("status", sa.String(255)),
        sa.Column("migration_type", sa.String(255)),
        sa.Column("hidden", sa.Boolean, nullable=False),
    )
    op.create_index("ix_migrations_instance_uuid_status", "migrations", ["instance_uuid", "status"])
    op.create_index("ix_migrations_status", "migrations", ["status"])

    create(
        "networks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("label", sa.String(255)),
        sa.Column("injected", sa.Boolean, nullable=False),
        sa.Column("cidr", sa.String(43)),
        sa.Column("cidr_v6", sa.String(43)),
        sa.Column("multi_host", sa.Boolean, nullable=False),
        sa.Column("gateway_v6", sa.String(39)),
        sa.Column("netmask_v6", sa.String(39)),
        sa.Column("netmask", sa.String(39)),
        sa.Column("bridge", sa.String(255)),
        sa.Column("bridge_interface", sa.String(255)),
        sa.Column("gateway", sa.String(39)),
        sa.Column("broadcast", sa.String(39)),
        sa.Column("dns1", sa.String(39)),
        sa.Column("dns2", sa.String(39)),
        sa.Column("vlan", sa.Integer),
        sa.Column("vpn_public_address", sa.String(39)),
        sa.Column("vpn_public_port", sa.Integer),
        sa.Column("vpn_private_address", sa.String(39)),
        sa.Column("dhcp_start", sa.String(39)),
        sa.Column("rxtx_base", sa.Integer),
        sa.Column("project_id", sa.String(255)),
        sa.Column("priority", sa.Integer),
        sa.Column("host", sa.String(255)),
        sa.Column("mtu", sa.Integer),
        sa.Column("dhcp_server", sa.String(39)),
        sa.Column("enable_dhcp", sa.Boolean, nullable=False),
        sa.Column("share_address", sa.Boolean, nullable=False),
        sa.Column("hidden", sa.Boolean, nullable=False),
        sa.Column("first_offset", sa.BigInteger, nullable=False),
        sa.Column("next_offset", sa.BigInteger, nullable=False),
        sa.Column("last_offset", sa.BigInteger, nullable=False),
        sa.Column("description", LongText),
        sa.Column("admin_state_up", sa.Boolean, nullable=False),
        sa.Column("external", sa.Boolean, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("port_security_enabled", sa.Boolean, nullable=False),
        sa.Column("network_type", sa.String(255)),
        sa.Column("physical_network", sa.String(255)),
        sa.Column("segmentation_id", sa.Integer),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.UniqueConstraint("uuid", name="uniq_networks0uuid"),
        sa.UniqueConstraint("vlan", name="uniq_networks0vlan"),
    )
    op.create_index("ix_networks_host", "networks", ["host"])
    op.create_index("ix_networks_project_id", "networks", ["project_id"])

    create(
        "quota_classes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("class_name", sa.String(255), nullable=False),
        sa.Column("resource", sa.String(255), nullable=False),
        sa.Column("hard_limit", sa.Integer),
        sa.UniqueConstraint("class_name", "resource",
                            name="uniq_quota_classes0class_name0resource"),
    )

    create(
        "quota_usages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("project_id", sa.String(255), nullable=False),
        sa.Column("user_id", sa.String(255), nullable=False),
        sa.Column("instances", sa.Integer, nullable=False),
        sa.Column("cores", sa.Integer, nullable=False),
        sa.Column("ram", sa.Integer, nullable=False),
        sa.Column("floating_ips", sa.Integer, nullable=False),
        sa.Column("security_groups", sa.Integer, nullable=False),
        sa.Column("server_groups", sa.Integer, nullable=False),
        sa.Column("volumes", sa.Integer, nullable=False),
        sa.Column("snapshots", sa.Integer, nullable=False),
        sa.Column("gigabytes", sa.Integer, nullable=False),
        sa.UniqueConstraint("project_id", "user_id", name="uniq_quota_usages0project_id0user_id"),
    )

    create(
        "quotas",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("project_id", sa.String(255), nullable=False),
        sa.Column("user_id", sa.String(255), nullable=False),
        sa.Column("resource", sa.String(255), nullable=False),
        sa.Column("hard_limit", sa.Integer),
        sa.UniqueConstraint("project_id", "user_id", "resource",
                            name="uniq_quotas0project_id0user_id0resource"),
    )

    create(
        "routers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("name", sa.String(255)),
        sa.Column("description", LongText),
        sa.Column("project_id", sa.String(255)),
        sa.Column("admin_state_up", sa.Boolean, nullable=False),
        sa.Column("external_network_id", sa.Integer),
        sa.Column("enable_snat", sa.Boolean, nullable=False),
        sa.Column("routes", LongText, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.UniqueConstraint("uuid", name="uniq_routers0uuid"),
    )
    op.create_index("ix_routers_external_network_id", "routers", ["external_network_id"])
    op.create_index("ix_routers_project_id", "routers", ["project_id"])

    create(
        "revoked_tokens",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("audit_id", sa.String(255), nullable=False),
        sa.Column("expires_at", DateTime, nullable=False),
        sa.UniqueConstraint("audit_id", name="uniq_revoked_tokens0audit_id"),
    )
    op.create_index("ix_revoked_tokens_expires_at", "revoked_tokens", ["expires_at"])

    create(
        "security_group_default_rules",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("protocol", sa.String(5)),
        sa.Column("from_port", sa.Integer),
        sa.Column("to_port", sa.Integer),
        sa.Column("cidr", sa.String(43)),
    )

    create(
        "security_groups",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("description", LongText),
        sa.Column("user_id", sa.String(255)),
        sa.Column("project_id", sa.String(255), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.UniqueConstraint("uuid", name="uniq_security_groups0uuid"),
        sa.UniqueConstraint("project_id", "name", name="uniq_security_groups0project_id0name"),
    )

    create(
        "services",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("deleted_at", DateTime),
        sa.Column("deleted", sa.Integer, nullable=False),
        sa.Column("host", sa.String(255), nullable=False),
        sa.Column("binary", sa.String(255), nullable=False),
        sa.Column("topic", sa.String(255)),
        sa.Column("report_count", sa.Integer, nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("disabled_reason", sa.String(255)),
        sa.Column("last_seen_up", DateTime),
        sa.Column("forced_down", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer),
        sa.UniqueConstraint("host", "binary", "deleted", name="uniq_services0host0binary0deleted"),
    )

    create(
        "simulator_settings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("value", LongText),
        sa.UniqueConstraint("name", name="uniq_simulator_settings0name"),
    )

    create(
        "snapshots",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("deleted_at", DateTime),
        sa.Column("deleted", sa.Integer, nullable=False),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(255)),
        sa.Column("project_id", sa.String(255)),
        sa.Column("volume_id", sa.String(36), nullable=False),
        sa.Column("volume_size", sa.Integer, nullable=False),
        sa.Column("status", sa.String(255), nullable=False),
        sa.Column("progress", sa.String(255)),
        sa.Column("display_name", sa.String(255)),
        sa.Column("display_description", sa.String(255)),
        sa.Column("metadata", LongText, nullable=False),
        sa.UniqueConstraint("uuid", name="uniq_snapshots0uuid"),
    )
    op.create_index("ix_snapshots_deleted_created_at_id", "snapshots", ["deleted", "created_at", "id"])
    op.create_index("ix_snapshots_project_id_deleted_created_at_id", "snapshots", ["project_id",
                    "deleted", "created_at", "id"])
    op.create_index("ix_snapshots_volume_id", "snapshots", ["volume_id"])

    create(
        "task_log",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("task_name", sa.String(255), nullable=False),
        sa.Column("state", sa.String(255), nullable=False),
        sa.Column("host", sa.String(255), nullable=False),
        sa.Column("period_beginning", DateTime, nullable=False),
        sa.Column("period_ending", DateTime, nullable=False),
        sa.Column("message", sa.String(255), nullable=False),
        sa.Column("task_items", sa.Integer),
        sa.Column("errors", sa.Integer),
        sa.UniqueConstraint("task_name", "host", "period_beginning", "period_ending",
                            name="uniq_task_log0task_name0host0period_beginning0period_ending"),
    )
    op.create_index("ix_task_log_period_beginning", "task_log", ["period_beginning"])
    op.create_index("ix_task_log_period_ending", "task_log", ["period_ending"])

    create(
        "virtual_interfaces",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("address", sa.String(255), nullable=False),
        sa.Column("network_id", sa.Integer),
        sa.Column("instance_uuid", sa.String(36)),
        sa.Column("name", sa.String(255)),
        sa.Column("description", LongText),
        sa.Column("project_id", sa.String(255)),
        sa.Column("device_id", sa.String(255)),
        sa.Column("device_owner", sa.String(255)),
        sa.Column("host", sa.String(255)),
        sa.Column("vnic_type", sa.String(64)),
        sa.Column("admin_state_up", sa.Boolean, nullable=False),
        sa.Column("port_security_enabled", sa.Boolean, nullable=False),
        sa.Column("allowed_address_pairs", LongText),
        sa.Column("kept", sa.Boolean, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.UniqueConstraint("uuid", name="uniq_virtual_interfaces0uuid"),
        sa.UniqueConstraint("address", name="uniq_virtual_interfaces0address"),
    )
    op.create_index("ix_virtual_interfaces_device_id", "virtual_interfaces", ["device_id"])
    op.create_index("ix_virtual_interfaces_instance_uuid", "virtual_interfaces", ["instance_uuid"])
    op.create_index("ix_virtual_interfaces_network_id", "virtual_interfaces", ["network_id"])
    op.create_index("ix_virtual_interfaces_project_id", "virtual_interfaces", ["project_id"])

    create(
        "volume_types",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("deleted_at", DateTime),
        sa.Column("deleted", sa.Integer, nullable=False),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("description", sa.String(255)),
        sa.Column("is_public", sa.Boolean, nullable=False),
        sa.Column("extra_specs", LongText, nullable=False),
        sa.UniqueConstraint("uuid", name="uniq_volume_types0uuid"),
        sa.UniqueConstraint("name", "deleted", name="uniq_volume_types0name0deleted"),
    )

    create(
        "volumes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("deleted_at", DateTime),
        sa.Column("deleted", sa.Integer, nullable=False),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(255)),
        sa.Column("project_id", sa.String(255)),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("status", sa.String(255), nullable=False),
        sa.Column("display_name", sa.String(255)),
        sa.Column("display_description", sa.String(255)),
        sa.Column("availability_zone", sa.String(255)),
        sa.Column("volume_type", sa.String(255)),
        sa.Column("volume_type_id", sa.String(36)),
        sa.Column("snapshot_id", sa.String(36)),
        sa.Column("source_volid", sa.String(36)),
        sa.Column("image_id", sa.String(36)),
        sa.Column("image_metadata", LongText),
        sa.Column("bootable", sa.Boolean, nullable=False),
        sa.Column("readonly", sa.Boolean),
        sa.Column("metadata", LongText, nullable=False),
        sa.Column("attachment_id", sa.String(36)),
        sa.Column("attachment_status", sa.String(255)),
        sa.Column("attach_mode", sa.String(255)),
        sa.Column("attached_host", sa.String(255)),
        sa.Column("connector", LongText),
        sa.Column("instance_uuid", sa.String(36)),
        sa.Column("mountpoint", sa.String(255)),
        sa.Column("attach_time", DateTime),
        sa.Column("attach_status", sa.String(255)),
        sa.UniqueConstraint("uuid", name="uniq_volumes0uuid"),
    )
    op.create_index("ix_volumes_attachment_id", "volumes", ["attachment_id"])
    op.create_index("ix_volumes_deleted_created_at_id", "volumes", ["deleted", "created_at", "id"])
    op.create_index("ix_volumes_instance_uuid", "volumes", ["instance_uuid"])
    op.create_index("ix_volumes_project_id_deleted_created_at_id", "volumes", ["project_id",
                    "deleted", "created_at", "id"])
    op.create_index("ix_volumes_volume_type_id", "volumes", ["volume_type_id"])

    create(
        "work_items",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("instance_uuid", sa.String(36)),
        sa.Column("host", sa.String(255)),
        sa.Column("method", sa.String(255), nullable=False),
        sa.Column("args", LongText, nullable=False),
        sa.Column("not_before", DateTime),
        sa.Column("owner", sa.String(255)),
        sa.Column("lease_expires_at", DateTime),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.UniqueConstraint("uuid", name="uniq_work_items0uuid"),
    )
    op.create_index("ix_work_items_instance_uuid", "work_items", ["instance_uuid"])
    op.create_index("ix_work_items_not_before", "work_items", ["not_before"])
    op.create_index("ix_work_items_owner_lease_expires_at", "work_items", ["owner",
                    "lease_expires_at"])

    create(
        "aggregate_hosts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("aggregate_id", sa.Integer, nullable=False),
        sa.Column("host", sa.String(255), nullable=False),
        sa.UniqueConstraint("host", "aggregate_id", name="uniq_aggregate_hosts0host0aggregate_id"),
        sa.ForeignKeyConstraint(["aggregate_id"], ["aggregates.id"],
                                name="fk_aggregate_hosts_aggregate_id",
                                ondelete="CASCADE"),
    )
    op.create_index("ix_aggregate_hosts_aggregate_id", "aggregate_hosts", ["aggregate_id"])

    create(
        "aggregate_metadata",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("aggregate_id", sa.Integer, nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("value", sa.String(255), nullable=False),
        sa.UniqueConstraint("aggregate_id", "key", name="uniq_aggregate_metadata0aggregate_id0key"),
        sa.ForeignKeyConstraint(["aggregate_id"], ["aggregates.id"],
                                name="fk_aggregate_metadata_aggregate_id",
                                ondelete="CASCADE"),
    )
    op.create_index("ix_aggregate_metadata_key", "aggregate_metadata", ["key"])

    create(
        "dns_entries",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("domain", sa.String(255), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("address", sa.String(39), nullable=False),
        sa.Column("type", sa.String(8), nullable=False),
        sa.UniqueConstraint("domain", "name", name="uniq_dns_entries0domain0name"),
    )
    op.create_index("ix_dns_entries_address", "dns_entries", ["address"])

    create(
        "flavor_extra_specs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("flavor_id", sa.Integer, nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("value", LongText),
        sa.UniqueConstraint("flavor_id", "key", name="uniq_flavor_extra_specs0flavor_id0key"),
        sa.ForeignKeyConstraint(["flavor_id"], ["flavors.id"],
                                name="fk_flavor_extra_specs_flavor_id",
                                ondelete="CASCADE"),
    )

    create(
        "flavor_projects",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("flavor_id", sa.Integer, nullable=False),
        sa.Column("project_id", sa.String(255), nullable=False),
        sa.UniqueConstraint("flavor_id", "project_id",
                            name="uniq_flavor_projects0flavor_id0project_id"),
        sa.ForeignKeyConstraint(["flavor_id"], ["flavors.id"],
                                name="fk_flavor_projects_flavor_id",
                                ondelete="CASCADE"),
    )
    op.create_index("ix_flavor_projects_project_id", "flavor_projects", ["project_id"])

    create(
        "instance_actions_events",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("action_id", sa.Integer, nullable=False),
        sa.Column("event", sa.String(255), nullable=False),
        sa.Column("start_time", DateTime, nullable=False),
        sa.Column("finish_time", DateTime),
        sa.Column("result", sa.String(255)),
        sa.Column("traceback", LongText),
        sa.Column("host", sa.String(255)),
        sa.Column("details", LongText),
        sa.ForeignKeyConstraint(["action_id"], ["instance_actions.id"],
                                name="fk_instance_actions_events_action_id",
                                ondelete="CASCADE"),
    )
    op.create_index("ix_instance_actions_events_action_id", "instance_actions_events",
                    ["action_id"])

    create(
        "instance_group_members",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("group_id", sa.Integer, nullable=False),
        sa.Column("instance_uuid", sa.String(36), nullable=False),
        sa.UniqueConstraint("group_id", "instance_uuid",
                            name="uniq_instance_group_members0group_id0instance_uuid"),
        sa.ForeignKeyConstraint(["group_id"], ["instance_groups.id"],
                                name="fk_instance_group_members_group_id",
                                ondelete="CASCADE"),
    )
    op.create_index("ix_instance_group_members_instance_uuid", "instance_group_members",
                    ["instance_uuid"])

    create(
        "instance_group_policies",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("group_id", sa.Integer, nullable=False),
        sa.Column("policy", sa.String(255), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["instance_groups.id"],
                                name="fk_instance_group_policies_group_id",
                                ondelete="CASCADE"),
    )
    op.create_index("ix_instance_group_policies_group_id", "instance_group_policies", ["group_id"])

    create(
        "port_security_groups",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("port_id", sa.Integer, nullable=False),
        sa.Column("security_group_id", sa.Integer, nullable=False),
        sa.UniqueConstraint("port_id", "security_group_id",
                            name="uniq_port_security_groups0port_id0security_group_id"),
        sa.ForeignKeyConstraint(["port_id"], ["virtual_interfaces.id"],
                                name="fk_port_security_groups_port_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["security_group_id"], ["security_groups.id"],
                                name="fk_port_security_groups_security_group_id",
                                ondelete="CASCADE"),
    )
    op.create_index("ix_port_security_groups_security_group_id", "port_security_groups",
                    ["security_group_id"])

    create(
        "security_group_instance_association",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("security_group_id", sa.Integer, nullable=False),
        sa.Column("instance_uuid", sa.String(36), nullable=False),
        sa.UniqueConstraint("security_group_id", "instance_uuid", name="uniq_sgia0group0instance"),
        sa.ForeignKeyConstraint(["security_group_id"], ["security_groups.id"],
                                name="fk_security_group_instance_association_security_group_id",
                                ondelete="CASCADE"),
    )
    op.create_index("ix_sgia_instance_uuid", "security_group_instance_association",
                    ["instance_uuid"])

    create(
        "security_group_rules",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("parent_group_id", sa.Integer, nullable=False),
        sa.Column("protocol", sa.String(255)),
        sa.Column("from_port", sa.Integer),
        sa.Column("to_port", sa.Integer),
        sa.Column("cidr", sa.String(43)),
        sa.Column("group_id", sa.Integer),
        sa.Column("direction", sa.String(8), nullable=False),
        sa.Column("ethertype", sa.String(8), nullable=False),
        sa.Column("description", LongText),
        sa.UniqueConstraint("uuid", name="uniq_security_group_rules0uuid"),
        sa.ForeignKeyConstraint(["parent_group_id"], ["security_groups.id"],
                                name="fk_security_group_rules_parent_group_id",
                                ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["group_id"], ["security_groups.id"],
                                name="fk_security_group_rules_group_id",
                                ondelete="CASCADE"),
    )
    op.create_index("ix_security_group_rules_group_id", "security_group_rules", ["group_id"])
    op.create_index("ix_security_group_rules_parent_group_id", "security_group_rules",
                    ["parent_group_id"])

    create(
        "subnets",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("network_id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(255)),
        sa.Column("description", LongText),
        sa.Column("project_id", sa.String(255)),
        sa.Column("ip_version", sa.Integer, nullable=False),
        sa.Column("cidr", sa.String(43), nullable=False),
        sa.Column("gateway_ip", sa.String(39)),
        sa.Column("enable_dhcp", sa.Boolean, nullable=False),
        sa.Column("allocation_pools", LongText, nullable=False),
        sa.Column("dns_nameservers", LongText, nullable=False),
        sa.Column("host_routes", LongText, nullable=False),
        sa.Column("ipv6_ra_mode", sa.String(16)),
        sa.Column("ipv6_address_mode", sa.String(16)),
        sa.Column("next_index", sa.BigInteger, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.UniqueConstraint("uuid", name="uniq_subnets0uuid"),
        sa.ForeignKeyConstraint(["network_id"], ["networks.id"], name="fk_subnets_network_id",
                                ondelete="CASCADE"),
    )
    op.create_index("ix_subnets_network_id", "subnets", ["network_id"])
    op.create_index("ix_subnets_project_id", "subnets", ["project_id"])

    create(
        "volume_type_projects",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created_at", DateTime, nullable=False),
        sa.Column("updated_at", DateTime),
        sa.Column("volume_type_id", sa.Integer, nullable=False),
        sa.Column("project_id", sa.String(255), nullable=False),
        sa.UniqueConstraint("volume_type_id", "project_id",
                            name="uniq_volume_type_projects0volume_type_id0project_id"),
        sa.ForeignKeyConstraint(["volume_type_id"], ["volume_types.id"],
                                name="fk_volume_type_projects_volume_type_id",
                                ondelete="CASCADE"),
    )
    op.create_index("ix_volume_type_projects_project_id", "volume_type_projects", ["project_id"])
