"""The embedded network service: networks, addresses, interfaces and names."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, UniqueConstraint

from minova.db.tables.base import child_of, new_uuid, required, table, timestamps
from minova.db.types import Json, LongText, Name, Uuid

Address = String(39)
Cidr = String(43)

networks = table(
    "networks",
    *timestamps(),
    required("uuid", Uuid),
    Column("label", Name),
    required("injected", Boolean, default=False),
    Column("cidr", Cidr),
    Column("cidr_v6", Cidr),
    required("multi_host", Boolean, default=False),
    Column("gateway_v6", Address),
    Column("netmask_v6", Address),
    Column("netmask", Address),
    Column("bridge", Name),
    Column("bridge_interface", Name),
    Column("gateway", Address),
    Column("broadcast", Address),
    Column("dns1", Address),
    Column("dns2", Address),
    Column("vlan", Integer),
    Column("vpn_public_address", Address),
    Column("vpn_public_port", Integer),
    Column("vpn_private_address", Address),
    Column("dhcp_start", Address),
    Column("rxtx_base", Integer),
    Column("project_id", Name),
    Column("priority", Integer),
    Column("host", Name),
    Column("mtu", Integer),
    Column("dhcp_server", Address),
    required("enable_dhcp", Boolean, default=True),
    required("share_address", Boolean, default=False),
    # The pool that servers get an address from when they ask for no network; never listed.
    required("hidden", Boolean, default=False),
    # Offsets of addresses in the cidr: the first and last that servers may have, and the first that
    # none ever had. Only an address that was used or reserved has a row in fixed_ips.
    required("first_offset", BigInteger, default=0),
    required("next_offset", BigInteger, default=0),
    required("last_offset", BigInteger, default=-1),
    # What Neutron knows of a network besides; its addresses are then those of its subnets.
    Column("description", LongText),
    required("admin_state_up", Boolean, default=True),
    required("external", Boolean, default=False),
    required("shared", Boolean, default=False),
    required("port_security_enabled", Boolean, default=True),
    Column("network_type", Name),
    Column("physical_network", Name),
    Column("segmentation_id", Integer),
    required("revision", Integer, default=0),
    UniqueConstraint("uuid"),
    UniqueConstraint("vlan"),
    Index(None, "project_id"),
    Index(None, "host"),
)

subnets = table(
    "subnets",
    *timestamps(),
    required("uuid", Uuid, default=new_uuid),
    child_of("network_id", "networks"),
    Column("name", Name),
    Column("description", LongText),
    Column("project_id", Name),
    required("ip_version", Integer),
    required("cidr", Cidr),
    Column("gateway_ip", Address),
    required("enable_dhcp", Boolean, default=True),
    # Pairs of the first and the last address of a range that ports get theirs from, in order.
    required("allocation_pools", Json),
    required("dns_nameservers", Json),
    required("host_routes", Json),
    Column("ipv6_ra_mode", String(16)),
    Column("ipv6_address_mode", String(16)),
    # How many addresses of the pools were given out once: the next one never was.
    required("next_index", BigInteger, default=0),
    required("revision", Integer, default=0),
    UniqueConstraint("uuid"),
    Index(None, "network_id"),
    Index(None, "project_id"),
)

routers = table(
    "routers",
    *timestamps(),
    required("uuid", Uuid, default=new_uuid),
    Column("name", Name),
    Column("description", LongText),
    Column("project_id", Name),
    required("admin_state_up", Boolean, default=True),
    # The external network of its gateway; the gateway itself and the interfaces are ports.
    Column("external_network_id", Integer),
    required("enable_snat", Boolean, default=True),
    required("routes", Json),
    required("revision", Integer, default=0),
    UniqueConstraint("uuid"),
    Index(None, "project_id"),
    Index(None, "external_network_id"),
)

# An interface of a server, or with Neutron's API a port: of a server, a router, or of nothing yet.
virtual_interfaces = table(
    "virtual_interfaces",
    *timestamps(),
    required("uuid", Uuid),
    required("address", Name),
    Column("network_id", Integer),
    Column("instance_uuid", Uuid),
    Column("name", Name),
    Column("description", LongText),
    Column("project_id", Name),
    Column("device_id", Name),
    Column("device_owner", Name),
    Column("host", Name),
    Column("vnic_type", String(64)),
    required("admin_state_up", Boolean, default=True),
    required("port_security_enabled", Boolean, default=True),
    Column("allowed_address_pairs", Json),
    # Made by somebody, not with a server: it stays when its server goes.
    required("kept", Boolean, default=False),
    required("revision", Integer, default=0),
    UniqueConstraint("uuid"),
    UniqueConstraint("address"),
    Index(None, "instance_uuid"),
    Index(None, "network_id"),
    Index(None, "project_id"),
    Index(None, "device_id"),
)

# Ports of a real Neutron that servers were given: they stay when these go.
given_ports = table(
    "given_ports",
    *timestamps(),
    required("instance_uuid", Uuid),
    required("port_id", Uuid),
    UniqueConstraint("instance_uuid", "port_id"),
)

port_security_groups = table(
    "port_security_groups",
    child_of("port_id", "virtual_interfaces"),
    child_of("security_group_id", "security_groups"),
    UniqueConstraint("port_id", "security_group_id"),
    Index(None, "security_group_id"),
)

fixed_ips = table(
    "fixed_ips",
    *timestamps(),
    required("address", Address),
    Column("network_id", Integer),
    Column("subnet_id", Integer),
    Column("virtual_interface_id", Integer),
    Column("instance_uuid", Uuid),
    required("allocated", Boolean, default=False),
    required("leased", Boolean, default=False),
    required("reserved", Boolean, default=False),
    Column("host", Name),
    UniqueConstraint("address", "network_id"),
    Index(None, "network_id", "reserved", "allocated", "instance_uuid"),
    Index(None, "instance_uuid"),
    Index(None, "virtual_interface_id"),
    Index(None, "subnet_id"),
    Index(None, "host"),
)

floating_ips = table(
    "floating_ips",
    *timestamps(),
    required("uuid", Uuid, default=new_uuid),
    required("address", Address),
    Column("fixed_ip_id", Integer),
    Column("project_id", Name),
    Column("host", Name),
    required("auto_assigned", Boolean, default=False),
    Column("pool", Name),
    Column("interface", Name),
    # With Neutron's API: the external network that it is of, and the router that it goes through.
    Column("network_id", Integer),
    Column("router_id", Integer),
    Column("description", LongText),
    required("revision", Integer, default=0),
    UniqueConstraint("uuid"),
    UniqueConstraint("address"),
    Index(None, "fixed_ip_id"),
    Index(None, "project_id"),
    Index(None, "network_id"),
    Index(None, "router_id"),
    Index(None, "pool", "project_id"),
)

dns_domains = table(
    "dns_domains",
    *timestamps(),
    required("domain", Name),
    Column("scope", Name),
    Column("availability_zone", Name),
    Column("project_id", Name),
    UniqueConstraint("domain"),
)

# The domain of an entry need not be among those above.
dns_entries = table(
    "dns_entries",
    *timestamps(),
    required("domain", Name),
    required("name", Name),
    required("address", Address),
    required("type", String(8), default="A"),
    UniqueConstraint("domain", "name"),
    Index(None, "address"),
)
