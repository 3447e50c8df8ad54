"""Addresses of servers, and the networks they are on."""

from oslo_config import cfg

backend_opts = [
    cfg.StrOpt(
        "network_api_class",
        default="embedded",
        help="The network backend: the name of an entry point in the namespace minova.network. "
        "'embedded' is like nova-network; 'embedded_neutron' has ports, subnets and routers, and is "
        "what the network API is served over; 'neutron' asks a real Neutron, see [neutron].",
    ),
    cfg.IntOpt(
        "heal_instance_info_cache_interval",
        default=60,
        min=0,
        help="Seconds between looks into a real Neutron for what servers have there by now, at 200 "
        "servers each time. 0: never, what others change is seen when Neutron tells of it. For "
        "network_api_class neutron.",
    ),
]

private_opts = [
    cfg.StrOpt(
        "private_network_label",
        default="private",
        help="Label of the built-in network, from which a server gets its address when it asks for "
        "no network, or for one that there is not. It is not listed among the networks.",
    ),
    cfg.StrOpt(
        "private_network_cidr",
        default="10.128.0.0/9",
        help="The IPv4 addresses of the built-in network.",
    ),
    cfg.StrOpt(
        "private_network_cidr_v6",
        default="fd00:0:0:ffff::/64",
        help="The IPv6 addresses of the built-in network, given out with use_ipv6.",
    ),
    cfg.BoolOpt(
        "use_requested_networks",
        default=True,
        help="Give a server that asks for a network an address of that network. If false, all "
        "servers are on the built-in network, whatever they ask for, and no floating address leads to them.",
    ),
]

network_opts = [
    cfg.BoolOpt("use_ipv6", default=False, help="Give servers an IPv6 address, too."),
    cfg.StrOpt(
        "default_floating_pool",
        default="nova",
        help="Pool of floating IP addresses to use when the request names none.",
    ),
    cfg.BoolOpt(
        "auto_assign_floating_ip",
        default=False,
        help="Give each new server a floating IP address of the default pool, which goes back when "
        "the server goes and counts for no quota. For network_api_class embedded.",
    ),
    cfg.StrOpt(
        "public_interface",
        default="eth0",
        help="Interface of floating IP addresses when the request names none.",
    ),
    cfg.StrOpt(
        "network_manager",
        default="VlanManager",
        choices=["FlatManager", "FlatDHCPManager", "VlanManager"],
        help="What networks are made of: with VlanManager each has a VLAN of its own and can "
        "belong to a project.",
    ),
    cfg.IntOpt(
        "num_networks", default=1, min=1,
        help="Networks that a request makes when it does not say how many.",
    ),
    cfg.IntOpt(
        "network_size", default=256, min=1,
        help="Addresses in each network when a request does not say how many.",
    ),
    cfg.StrOpt(
        "vlan_interface", default="eth0", help="Interface of the bridges of networks."
    ),
    cfg.IntOpt("vlan_start", default=100, min=1, max=4094, help="VLAN of the first network."),
    cfg.PortOpt(
        "vpn_start", default=1000, help="Port of the first network's private VPN."
    ),
    cfg.StrOpt(
        "flat_network_bridge", help="Bridge of networks that have no VLAN and name no other."
    ),
    cfg.StrOpt(
        "flat_network_dns", default="8.8.4.4", help="DNS server of networks that name no other."
    ),
    cfg.IntOpt("network_device_mtu", help="MTU of networks that name no other."),
]

# A project's limits of what only a backend with ports has.
quota_opts = [
    cfg.IntOpt(f"quota_{name}", default=default, min=-1, mutable=True, help=f"{what} -1: no limit.")
    for name, default, what in (
        ("networks", 100, "Networks per project."),
        ("subnets", 100, "Subnets per project."),
        ("ports", 500, "Ports per project."),
        ("routers", 10, "Routers per project."),
        ("network_rules", 100, "Rules in all security groups of a project, for the network API."))
]

_opts = backend_opts + private_opts + network_opts + quota_opts


def register_opts(conf: cfg.ConfigOpts) -> None:
    conf.register_opts(_opts)


def list_opts() -> dict[str, list[cfg.Opt]]:
    return {"DEFAULT": _opts}
