"""Queries for the metadata service: whose an address is, and how interfaces are set up."""

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t

_f, _n, _v = t.fixed_ips.c, t.networks.c, t.virtual_interfaces.c
_NETWORK = (_n.cidr, _n.cidr_v6, _n.netmask, _n.gateway, _n.gateway_v6, _n.dns1, _n.dns2, _n.mtu,
            _n.enable_dhcp, _n.label)


def servers_with_address(address: str) -> list[str]:
    """The uuids of the servers that have the fixed address: one, but where networks overlap."""
    statement = sa.select(_f.instance_uuid).where(
        _f.address == address, _f.instance_uuid.is_not(None)).distinct().limit(2)
    with engine.reader() as conn:
        return list(conn.execute(statement).scalars())


def get_all(instance_uuid: str) -> list[dict]:
    """The server's interfaces, oldest first, each with the columns of its network.

    Also network_uuid, vif_id, mac, and fixed_ips, a list of addresses.
    """
    statement = (
        sa.select(_v.id, _v.uuid.label("vif_id"), _v.address.label("mac"),
                  _n.uuid.label("network_uuid"), *_NETWORK, _f.address.label("fixed"))
        .select_from(t.virtual_interfaces.join(t.networks, _n.id == _v.network_id)
                     .outerjoin(t.fixed_ips, _f.virtual_interface_id == _v.id))
        .where(_v.instance_uuid == instance_uuid).order_by(_v.id, _f.id))
    with engine.reader() as conn:
        rows = query.dicts(conn.execute(statement))
    found: dict[int, dict] = {}
    for row in rows:
        fixed = row.pop("fixed")
        interface = found.setdefault(row.pop("id"), row | {"fixed_ips": []})
        if fixed is not None:
            interface["fixed_ips"].append(fixed)
    return list(found.values())


def get_with_subnets(instance_uuid: str) -> list[dict]:
    """The server's ports, oldest first: vif_id, mac, network_uuid, mtu, and subnets.

    These are the subnets in which it has addresses, each with the list of these.
    """
    s = t.subnets.c
    statement = (
        sa.select(_v.id, _v.uuid.label("vif_id"), _v.address.label("mac"),
                  _n.uuid.label("network_uuid"), _n.mtu, _f.address, _f.subnet_id, s.ip_version,
                  s.cidr, s.gateway_ip, s.dns_nameservers, s.enable_dhcp, s.ipv6_address_mode)
        .select_from(t.virtual_interfaces.join(t.networks, _n.id == _v.network_id)
                     .outerjoin(t.fixed_ips, _f.virtual_interface_id == _v.id)
                     .outerjoin(t.subnets, s.id == _f.subnet_id))
        .where(_v.instance_uuid == instance_uuid).order_by(_v.id, _f.id))
    with engine.reader() as conn:
        rows = query.dicts(conn.execute(statement))
    found: dict[int, dict] = {}
    for row in rows:
        port = found.setdefault(row["id"], {
            **{key: row[key] for key in ("vif_id", "mac", "network_uuid", "mtu")}, "subnets": {}})
        if row["subnet_id"]:
            subnet = port["subnets"].setdefault(row["subnet_id"], row | {"addresses": []})
            subnet["addresses"].append(row["address"])
    return [port | {"subnets": list(port["subnets"].values())} for port in found.values()]
