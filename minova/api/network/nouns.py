"""The nouns of Neutron's API: what they are called, and the attributes that they have."""

import dataclasses
from collections.abc import Callable

from minova.api.network import checks


@dataclasses.dataclass(frozen=True)
class Attribute:
    """One attribute of a noun.

    :param check: what it must be like; None for one that nobody sends
    :param post, put: whether it may be sent to create, and to change
    :param required: whether it must be sent to create
    :param default: what it is for a client that does not say; None: the backend knows
    :param rule: whether a policy rule of its own says who may send it
    :param hidden: whether only administrators see it
    :param searched: whether lists can be filtered by it
    """

    check: Callable | None = None
    post: bool = True
    put: bool = True
    required: bool = False
    default: object = None
    rule: bool = False
    hidden: bool = False
    searched: bool = False


@dataclasses.dataclass(frozen=True)
class Noun:
    """`name` is what one is called in bodies, `plural` several, and `path` the URL."""

    name: str
    plural: str
    path: str
    attributes: dict[str, Attribute]
    updates: bool = True


def _shown(searched: bool = False, hidden: bool = False) -> Attribute:
    return Attribute(post=False, put=False, searched=searched, hidden=hidden)


def _fixed(check: Callable, **options) -> Attribute:
    """One that cannot be changed."""
    return Attribute(check, put=False, **options)


_DESCRIPTION = Attribute(checks.text, searched=True, default='')
_COMMON = {
    'id': _shown(searched=True),
    'project_id': _fixed(checks.project, searched=True),
    'description': _DESCRIPTION,
    'created_at': _shown(), 'updated_at': _shown(), 'revision_number': _shown(), 'tags': _shown(),
}
_NAMED = {**_COMMON, 'name': Attribute(checks.text, searched=True, default='')}
_UP = Attribute(checks.boolean, searched=True)
_STATUS = _shown(searched=True)
_ADMINS = {'rule': True, 'hidden': True, 'searched': True}

NETWORK = Noun('network', 'networks', 'networks', {
    **_NAMED,
    'admin_state_up': _UP,
    'status': _STATUS,
    'subnets': _shown(),
    'shared': Attribute(checks.boolean, rule=True, searched=True),
    'router:external': Attribute(checks.boolean, rule=True, searched=True),
    'is_default': _shown(),
    'mtu': Attribute(checks.number(68, 65535), searched=True),
    'port_security_enabled': Attribute(checks.boolean, searched=True),
    'availability_zones': _shown(), 'availability_zone_hints': _shown(),
    'ipv4_address_scope': _shown(), 'ipv6_address_scope': _shown(),
    'provider:network_type': Attribute(
        checks.one_of('flat', 'vlan', 'vxlan', 'gre', 'geneve', 'local'), **_ADMINS),
    'provider:physical_network': Attribute(checks.or_none(checks.text), **_ADMINS),
    'provider:segmentation_id': Attribute(checks.or_none(checks.number(0, 2 ** 24)), **_ADMINS),
})

SUBNET = Noun('subnet', 'subnets', 'subnets', {
    **_NAMED,
    'network_id': _fixed(checks.uuid, required=True, searched=True),
    'ip_version': _fixed(checks.ip_version, searched=True),
    'cidr': _fixed(checks.or_none(checks.cidr), searched=True),
    'gateway_ip': Attribute(checks.or_none(checks.address), searched=True),
    'allocation_pools': Attribute(checks.pools),
    'enable_dhcp': Attribute(checks.boolean, searched=True),
    'dns_nameservers': Attribute(checks.list_or_none(checks.address)),
    'host_routes': Attribute(checks.routes),
    'ipv6_ra_mode': _fixed(checks.or_none(checks.one_of(
        'dhcpv6-stateful', 'dhcpv6-stateless', 'slaac')), searched=True),
    'ipv6_address_mode': _fixed(checks.or_none(checks.one_of(
        'dhcpv6-stateful', 'dhcpv6-stateless', 'slaac')), searched=True),
    'subnetpool_id': _shown(), 'service_types': _shown(), 'segment_id': _shown(hidden=True),
})

PORT = Noun('port', 'ports', 'ports', {
    **_NAMED,
    'network_id': _fixed(checks.uuid, required=True, searched=True),
    'mac_address': Attribute(checks.mac, searched=True),
    'admin_state_up': _UP,
    'status': _STATUS,
    'fixed_ips': Attribute(checks.fixed_ips, searched=True),
    'device_id': Attribute(checks.text, searched=True),
    'device_owner': Attribute(checks.text, searched=True),
    'security_groups': Attribute(checks.list_or_none(checks.uuid), searched=True),
    'allowed_address_pairs': Attribute(checks.address_pairs),
    'port_security_enabled': Attribute(checks.boolean, searched=True),
    'extra_dhcp_opts': _shown(),
    'binding:vnic_type': Attribute(checks.one_of(
        'normal', 'direct', 'macvtap', 'baremetal', 'direct-physical'), searched=True),
    'binding:host_id': Attribute(checks.or_none(checks.text), **_ADMINS),
    'binding:profile': _shown(hidden=True), 'binding:vif_type': _shown(hidden=True),
    'binding:vif_details': _shown(hidden=True),
})

ROUTER = Noun('router', 'routers', 'routers', {
    **_NAMED,
    'admin_state_up': _UP,
    'status': _STATUS,
    'external_gateway_info': Attribute(checks.gateway_info),
    'routes': Attribute(checks.routes, post=False),
    'availability_zones': _shown(), 'availability_zone_hints': _shown(), 'flavor_id': _shown(),
    'distributed': _shown(hidden=True), 'ha': _shown(hidden=True),
})

FLOATINGIP = Noun('floatingip', 'floatingips', 'floatingips', {
    **_COMMON,
    'floating_network_id': _fixed(checks.uuid, required=True, searched=True),
    'floating_ip_address': _fixed(checks.or_none(checks.address), rule=True, searched=True),
    'subnet_id': _fixed(checks.or_none(checks.uuid)),
    'port_id': Attribute(checks.or_none(checks.uuid), searched=True),
    'fixed_ip_address': Attribute(checks.or_none(checks.address), searched=True),
    'router_id': _shown(searched=True),
    'status': _STATUS,
    'port_details': _shown(), 'port_forwardings': _shown(), 'qos_policy_id': _shown(),
    'dns_name': _shown(), 'dns_domain': _shown(),
})

SECURITY_GROUP = Noun('security_group', 'security_groups', 'security-groups', {
    **_NAMED,
    'security_group_rules': _shown(), 'stateful': _shown(), 'shared': _shown(),
})

SECURITY_GROUP_RULE = Noun('security_group_rule', 'security_group_rules', 'security-group-rules', {
    **_COMMON,
    'security_group_id': _fixed(checks.text, required=True, searched=True),
    'direction': _fixed(checks.one_of('ingress', 'egress'), required=True, searched=True),
    'ethertype': _fixed(checks.one_of('IPv4', 'IPv6'), default='IPv4', searched=True),
    'protocol': _fixed(checks.or_none(checks.protocol), searched=True),
    'port_range_min': _fixed(checks.or_none(checks.port_number), searched=True),
    'port_range_max': _fixed(checks.or_none(checks.port_number), searched=True),
    'remote_ip_prefix': _fixed(checks.or_none(checks.prefix), searched=True),
    'remote_group_id': _fixed(checks.or_none(checks.text), searched=True),
    'remote_address_group_id': _shown(), 'normalized_cidr': _shown(),
}, updates=False)

ALL = (NETWORK, SUBNET, PORT, ROUTER, FLOATINGIP, SECURITY_GROUP, SECURITY_GROUP_RULE)
