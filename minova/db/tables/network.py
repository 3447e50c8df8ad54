"""The embedded network service: networks, addresses, interfaces and names."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, UniqueConstraint

from minova.db.tables.base import required, table, timestamps
from minova.db.types import Name, Uuid

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
    UniqueConstraint("uuid"),
    UniqueConstraint("vlan"),
    Index(None, "project_id"),
    Index(None, "host"),
)

virtual_interfaces = table(
    "virtual_interfaces",
    *timestamps(),
    required("uuid", Uuid),
    required("address", Name),
    Column("network_id", Integer),
    required("instance_uuid", Uuid),
    UniqueConstraint("uuid"),
    UniqueConstraint("address"),
    Index(None, "instance_uuid"),
    Index(None, "network_id"),
)

fixed_ips = table(
    "fixed_ips",
    *timestamps(),
    required("address", Address),
    Column("network_id", Integer),
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
    Index(None, "host"),
)

floating_ips = table(
    "floating_ips",
    *timestamps(),
    required("address", Address),
    Column("fixed_ip_id", Integer),
    Column("project_id", Name),
    Column("host", Name),
    required("auto_assigned", Boolean, default=False),
    Column("pool", Name),
    Column("interface", Name),
    UniqueConstraint("address"),
    Index(None, "fixed_ip_id"),
    Index(None, "project_id"),
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
