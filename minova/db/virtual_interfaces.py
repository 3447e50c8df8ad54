"""Queries on the interfaces of servers, and what a server is told to have of networks."""

import random
import uuid

import sqlalchemy as sa

from minova import addresses, jsonutils
from minova.conf import CONF
from minova.db import engine, fixed_ips, query
from minova.db import tables as t

_c = t.virtual_interfaces.c
_random = random.SystemRandom()
_OF_SERVER = (
    sa.select(t.virtual_interfaces, t.networks.c.uuid.label("network_uuid"))
    .join(t.networks, t.networks.c.id == _c.network_id)
    .where(_c.instance_uuid == sa.bindparam("server")).order_by(_c.id))
_f, _g, _n = t.fixed_ips.c, t.floating_ips.c, t.networks.c
_ADDRESSES = (
    sa.select(_c.uuid, _c.address.label("mac"), _n.uuid.label("network_uuid"), _n.label,
              _n.cidr_v6, _f.address.label("fixed"), _g.address.label("floating"))
    .select_from(t.virtual_interfaces
                 .join(t.networks, _n.id == _c.network_id)
                 .outerjoin(t.fixed_ips, _f.virtual_interface_id == _c.id)
                 .outerjoin(t.floating_ips, _g.fixed_ip_id == _f.id))
    .where(_c.instance_uuid == sa.bindparam("server")).order_by(_c.id, _f.id, _g.id))
# The server itself has not changed. One that is gone goes on to show what it had last.
_SHOW = t.instances.update().where(
    t.instances.c.uuid == sa.bindparam("server"), t.instances.c.deleted == 0).values(
    network_info=sa.bindparam("info"), updated_at=t.instances.c.updated_at)


def get_by_instance(instance_uuid: str) -> list[dict]:
    """The interfaces of the server, each with network_uuid, oldest first."""
    with engine.reader() as conn:
        return query.dicts(conn.execute(_OF_SERVER, {"server": instance_uuid}))


def create(conn: sa.Connection, network_id: int, instance_uuid: str) -> int:
    """A new interface with a MAC address that no other has; its id."""
    identity, new_id = str(uuid.uuid4()), None
    while new_id is None:
        new_id = query.insert_ignore_id(conn, t.virtual_interfaces, dict(
            uuid=identity, address=new_mac(), network_id=network_id, instance_uuid=instance_uuid))
    return new_id


def new_mac() -> str:
    """A MAC address by chance, which another interface may have."""
    return "fa:16:3e:%02x:%02x:%02x" % tuple(_random.randbytes(3))


def delete_all(conn: sa.Connection, instance_uuid: str) -> None:
    """Take from the server its interfaces and addresses."""
    fixed_ips.release(conn, t.fixed_ips.c.instance_uuid == instance_uuid)
    conn.execute(t.virtual_interfaces.delete().where(_c.instance_uuid == instance_uuid))


def remove_address(conn: sa.Connection, instance_uuid: str, address: str) -> bool:
    """Take one fixed address from the server; whether it had it.

    An interface that is left without an address goes with it.
    """
    f = t.fixed_ips.c
    vif_id = conn.execute(sa.select(f.virtual_interface_id).where(
        f.instance_uuid == instance_uuid, f.address == address)).scalar()
    if vif_id is None:
        return False
    fixed_ips.release(conn, f.instance_uuid == instance_uuid, f.address == address)
    conn.execute(t.virtual_interfaces.delete().where(_c.id == vif_id, ~sa.exists().where(
        f.virtual_interface_id == vif_id)))
    return True


def refresh_network_info(conn: sa.Connection, instance_uuid: str) -> list[dict]:
    """Write to the server's row what its interfaces and addresses are now; that network_info.

    Everything that changes them calls this in the same transaction.
    """
    rows = conn.execute(_ADDRESSES, {"server": instance_uuid}).all()
    found: dict[str, dict] = {}
    for row in rows:
        vif = found.setdefault(row.uuid, {
            "id": row.network_uuid, "label": row.label, "mac": row.mac, "vif_id": row.uuid,
            "ips": [], "cidr_v6": row.cidr_v6})
        if row.fixed is not None:
            if not vif["ips"] or vif["ips"][-1]["address"] != row.fixed:
                vif["ips"].append(_ip(row.fixed, 6 if ":" in row.fixed else 4))
            if row.floating is not None:
                vif["ips"][-1]["floating"].append(row.floating)
    for vif in found.values():
        cidr_v6 = vif.pop("cidr_v6")
        if CONF.use_ipv6 and cidr_v6:
            vif["ips"].append(_ip(addresses.eui64(cidr_v6, vif["mac"]), 6))
    network_info = list(found.values())
    conn.execute(_SHOW, {"server": instance_uuid, "info": jsonutils.dumps(network_info)})
    return network_info


def _ip(address: str, version: int) -> dict:
    return {"address": address, "version": version, "type": "fixed", "floating": []}
