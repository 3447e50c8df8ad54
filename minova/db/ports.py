"""Queries on ports: the interfaces of servers and routers, and those that nothing has yet.

A port is a row of virtual_interfaces, and its addresses are rows of fixed_ips.
"""

import sqlalchemy as sa

from minova.db import engine, query, security_groups, subnets
from minova.db import tables as t
from minova.db.virtual_interfaces import new_mac, refresh_network_info

GATEWAY = "network:router_gateway"
INTERFACE = "network:router_interface"
FLOATING = "network:floatingip"

_c = t.virtual_interfaces.c
_f = t.fixed_ips.c
_n = t.networks.c
_s = t.subnets.c
_p = t.port_security_groups.c
_g = t.security_groups.c
IN_USE = sa.and_(_c.device_id.is_not(None), _c.device_id != "")
SELECT = (
    sa.select(t.virtual_interfaces, _n.uuid.label("network_uuid"),
              _n.project_id.label("network_project_id"), _n.label.label("network_label"))
    .join(t.networks, _n.id == _c.network_id))


def with_addresses(ports: list[dict]) -> list[dict]:
    """The ports with fixed_ips (dicts: id, address, subnet_id, subnet_uuid) and security_groups
    (uuids). Two statements."""
    found = {port["id"]: port | {"fixed_ips": [], "security_groups": []} for port in ports}
    if not found:
        return []
    with engine.reader() as conn:
        for row in query.dicts(conn.execute(
                sa.select(_f.id, _f.address, _f.virtual_interface_id, _f.subnet_id,
                          _s.uuid.label("subnet_uuid"))
                .join(t.subnets, _s.id == _f.subnet_id)
                .where(_f.virtual_interface_id.in_(list(found))).order_by(_f.id))):
            found[row.pop("virtual_interface_id")]["fixed_ips"].append(row)
        for port_id, group in conn.execute(
                sa.select(_p.port_id, _g.uuid).join(t.security_groups, _g.id == _p.security_group_id)
                .where(_p.port_id.in_(list(found))).order_by(_p.id)):
            found[port_id]["security_groups"].append(group)
    return list(found.values())


def get(*conditions: sa.ColumnElement) -> list[dict]:
    """The ports that `conditions` describe, oldest first, with their addresses and groups."""
    with engine.reader() as conn:
        rows = query.dicts(conn.execute(SELECT.where(*conditions).order_by(_c.id)))
    return with_addresses(rows)


def get_by_uuid(uuid: str) -> dict | None:
    found = get(_c.uuid == uuid)
    return found[0] if found else None


def lock(conn: sa.Connection, uuid: str) -> dict | None:
    """The port as it is now, and stays until the transaction ends."""
    conn.execute(sa.select(_c.id).where(_c.uuid == uuid).with_for_update()).all()
    return get_by_uuid(uuid)


def get_by_instance(instance_uuid: str) -> list[dict]:
    return get(_c.instance_uuid == instance_uuid)


def get_by_device(device_id: str, *owners: str) -> list[dict]:
    """The ports of a router, those that are for `owners`."""
    return get(_c.device_id == device_id, _c.device_owner.in_(owners))


def insert(conn: sa.Connection, values: dict) -> int | None:
    """A new port; its id. None when its MAC address (values["address"]) is used."""
    mac = values.get("address")
    while not query.insert_ignore(
            conn, t.virtual_interfaces, {**values, "address": mac or new_mac()}):
        if mac:
            return None
    return conn.execute(sa.select(_c.id).where(_c.uuid == values["uuid"])).scalar_one()


def is_mac_used(conn: sa.Connection, mac: str) -> bool:
    return conn.execute(sa.select(_c.id).where(_c.address == mac)).first() is not None


def update(conn: sa.Connection, port_id: int, values: dict) -> None:
    """Change the port; the server that it is of says so too."""
    conn.execute(t.virtual_interfaces.update().where(_c.id == port_id).values(
        **values, revision=_c.revision + 1))


def bind(conn: sa.Connection, port: dict, instance: dict, owner: str) -> bool:
    """Give a port that nothing has to the server; false when something has it by now."""
    device = {"instance_uuid": instance["uuid"], "device_id": instance["uuid"],
              "device_owner": owner, "host": instance["host"]}
    if conn.execute(t.virtual_interfaces.update().where(
            _c.id == port["id"], sa.not_(IN_USE) | _c.device_id.is_(None)).values(
            **device, revision=_c.revision + 1)).rowcount != 1:
        return False
    conn.execute(t.fixed_ips.update().where(_f.virtual_interface_id == port["id"]).values(
        instance_uuid=instance["uuid"], host=instance["host"]))
    return True


def move(conn: sa.Connection, instance_uuid: str, host: str) -> None:
    """The ports of the server, and their addresses, are on that host from now on."""
    conn.execute(t.virtual_interfaces.update().where(
        _c.instance_uuid == instance_uuid, sa.or_(_c.host != host, _c.host.is_(None))).values(
        host=host, revision=_c.revision + 1))
    conn.execute(t.fixed_ips.update().where(_f.instance_uuid == instance_uuid).values(host=host))


def unbind(conn: sa.Connection, port_ids: list[int]) -> None:
    """Take these ports from their server; they keep their addresses."""
    if port_ids:
        conn.execute(t.virtual_interfaces.update().where(_c.id.in_(port_ids)).values(
            instance_uuid=None, device_id="", device_owner="", host=None,
            revision=_c.revision + 1))
        conn.execute(t.fixed_ips.update().where(_f.virtual_interface_id.in_(port_ids)).values(
            instance_uuid=None, host=None))


def delete(conn: sa.Connection, port_ids: list[int]) -> None:
    """Remove these ports and their addresses."""
    if port_ids:
        subnets.give_back(conn, _f.virtual_interface_id.in_(port_ids))
        conn.execute(t.virtual_interfaces.delete().where(_c.id.in_(port_ids)))


def get_on_network(conn: sa.Connection, network_id: int) -> list[dict]:
    """id, uuid, device_id, device_owner, project_id and instance_uuid of the ports on the network."""
    return query.dicts(conn.execute(
        sa.select(_c.id, _c.uuid, _c.device_id, _c.device_owner, _c.project_id, _c.instance_uuid)
        .where(_c.network_id == network_id).order_by(_c.id)))


# ---- security groups

def set_groups(conn: sa.Connection, port_id: int, group_ids: list[int]) -> None:
    """The port is in these groups and no others. Raises DBReferenceError when one has gone."""
    conn.execute(t.port_security_groups.delete().where(_p.port_id == port_id))
    if group_ids:
        conn.execute(t.port_security_groups.insert(), [
            {"port_id": port_id, "security_group_id": group_id} for group_id in group_ids])


def group_ids_of_server(conn: sa.Connection, instance_uuid: str) -> list[int]:
    """The groups that the server is in."""
    a = t.security_group_instance_association.c
    return list(conn.execute(sa.select(a.security_group_id).where(
        a.instance_uuid == instance_uuid).order_by(a.id)).scalars())


def refresh_server(conn: sa.Connection, instance_uuid: str) -> list[dict]:
    """Write to the server what its ports are now, and be it in the groups of these; its network_info.

    Everything that changes ports calls this in the same transaction, for each server that has one. A
    server that has no ports stays in the groups that it is in.
    """
    wanted = list(conn.execute(
        sa.select(_p.security_group_id).join(t.virtual_interfaces, _c.id == _p.port_id)
        .where(_c.instance_uuid == instance_uuid)
        .group_by(_p.security_group_id).order_by(sa.func.min(_p.id))).scalars())
    has_ports = conn.execute(
        sa.select(_c.id).where(_c.instance_uuid == instance_uuid).limit(1)).first() is not None
    if has_ports and wanted != group_ids_of_server(conn, instance_uuid):
        a = t.security_group_instance_association
        conn.execute(a.delete().where(a.c.instance_uuid == instance_uuid))
        security_groups.associate(conn, wanted, [instance_uuid])
        security_groups.refresh_instances(conn, [instance_uuid])
    return refresh_network_info(conn, instance_uuid)


def lock_server(conn: sa.Connection, instance_uuid: str) -> None:
    """Keep the server's interfaces as they are until the transaction ends."""
    i = t.instances.c
    conn.execute(sa.select(i.id).where(i.uuid == instance_uuid).with_for_update()).all()
