"""The nouns of Neutron's API as rows: in which column each attribute is, and which rows a project sees."""

import sqlalchemy as sa

from minova.db import floating_ips, ports, routers, security_groups, subnets
from minova.db import tables as t
from minova.db.listing import Listed

#: Attribute -> name of its column, of what somebody may set.
SET_OF_NETWORK = {
    "name": "label", "description": "description", "admin_state_up": "admin_state_up", "shared": "shared",
    "router:external": "external", "mtu": "mtu", "port_security_enabled": "port_security_enabled",
    "provider:network_type": "network_type", "provider:physical_network": "physical_network",
    "provider:segmentation_id": "segmentation_id"}
SET_OF_PORT = {
    "name": "name", "description": "description", "admin_state_up": "admin_state_up",
    "device_id": "device_id", "device_owner": "device_owner", "mac_address": "address",
    "allowed_address_pairs": "allowed_address_pairs", "binding:host_id": "host",
    "binding:vnic_type": "vnic_type", "port_security_enabled": "port_security_enabled"}

_n = t.networks.c
_s = t.subnets.c
_p = t.virtual_interfaces.c
_a = t.fixed_ips.c
_r = t.routers.c
_f = t.floating_ips.c
_g = t.security_groups.c
_rule = t.security_group_rules.c


def _of(columns: sa.ColumnCollection, *names: str) -> dict:
    """Attributes that have columns of the same names; `id` is the column uuid."""
    return {"id": columns.uuid, **{name: columns[name] for name in (
        "description", "created_at", "updated_at", *names)}}


def _either(values: list[str], conditions: dict[str, sa.ColumnElement]) -> sa.ColumnElement[bool]:
    """Any of the `conditions` that are among the values."""
    return sa.or_(sa.false(), *(condition for value, condition in conditions.items() if value in values))


def _always_active(values: list[str]) -> sa.ColumnElement[bool]:
    return _either(values, {"ACTIVE": sa.true()})


def _port_has_address(values: list[str]) -> sa.ColumnElement[bool]:
    """The ports that have one of these: 'ip_address=ADDRESS', 'subnet_id=UUID'."""
    conditions, wanted = [], {"ip_address": [], "subnet_id": []}
    for value in values:
        name, _, text = value.partition("=")
        wanted.setdefault(name, []).append(text)
    if wanted["ip_address"]:
        conditions.append(_a.address.in_(wanted["ip_address"]))
    if wanted["subnet_id"]:
        conditions.append(_a.subnet_id.in_(sa.select(_s.id).where(_s.uuid.in_(wanted["subnet_id"]))))
    if not conditions or len(wanted) > 2:
        return sa.false()
    return _p.id.in_(sa.select(_a.virtual_interface_id).where(*conditions))


def _port_is_in_group(values: list[str]) -> sa.ColumnElement[bool]:
    of_port = t.port_security_groups.c
    return _p.id.in_(sa.select(of_port.port_id).join(
        t.security_groups, _g.id == of_port.security_group_id).where(_g.uuid.in_(values)))


NETWORKS = Listed(
    t.networks, sa.select(t.networks).where(_n.hidden == sa.false()),
    {**_of(_n, "project_id"), **{name: _n[column] for name, column in SET_OF_NETWORK.items()},
     "status": _always_active},
    lambda project_id: sa.or_(_n.project_id == project_id, _n.shared, _n.external))

SUBNETS = Listed(
    t.subnets, subnets.SELECT,
    {**_of(_s, "name", "project_id", "ip_version", "cidr", "gateway_ip", "enable_dhcp", "ipv6_ra_mode",
           "ipv6_address_mode"),
     "network_id": _n.uuid, "shared": _n.shared, "router:external": _n.external},
    lambda project_id: sa.or_(_s.project_id == project_id, _n.shared, _n.project_id == project_id))

PORTS = Listed(
    t.virtual_interfaces, ports.SELECT.where(_n.hidden == sa.false()),
    {**_of(_p, "project_id"), **{name: _p[column] for name, column in SET_OF_PORT.items()
                                 if name != "allowed_address_pairs"},
     "network_id": _n.uuid, "fixed_ips": _port_has_address, "security_groups": _port_is_in_group,
     "status": lambda values: _either(values, {
         "ACTIVE": ports.IN_USE, "DOWN": ~sa.func.coalesce(ports.IN_USE, sa.false())})},
    lambda project_id: sa.or_(_p.project_id == project_id, _n.project_id == project_id))

ROUTERS = Listed(
    t.routers, routers.SELECT,
    {**_of(_r, "name", "project_id", "admin_state_up"), "status": _always_active},
    lambda project_id: _r.project_id == project_id)

FLOATING_IPS = Listed(
    t.floating_ips, floating_ips.SELECT_NEUTRON,
    {**_of(_f, "project_id"), "floating_ip_address": _f.address, "fixed_ip_address": _a.address,
     "floating_network_id": _n.uuid, "port_id": _p.uuid, "router_id": _r.uuid,
     "status": lambda values: _either(values, {
         "ACTIVE": _f.fixed_ip_id.is_not(None), "DOWN": _f.fixed_ip_id.is_(None)})},
    lambda project_id: _f.project_id == project_id)

SECURITY_GROUPS = Listed(
    t.security_groups, sa.select(t.security_groups), _of(_g, "name", "project_id"),
    lambda project_id: _g.project_id == project_id)

SECURITY_GROUP_RULES = Listed(
    t.security_group_rules, security_groups.SELECT_RULES,
    {**_of(_rule, "direction", "ethertype", "protocol"), "security_group_id": _g.uuid,
     "project_id": _g.project_id, "remote_ip_prefix": _rule.cidr, "port_range_min": _rule.from_port,
     "port_range_max": _rule.to_port,
     "remote_group_id": security_groups.SELECT_RULES.selected_columns.group_uuid},
    lambda project_id: _g.project_id == project_id)
