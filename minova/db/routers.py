"""Queries on routers. Their gateways and interfaces are ports, see `ports`."""

import sqlalchemy as sa

from minova.db import engine, ports, query
from minova.db import tables as t

_c = t.routers.c
_v = t.virtual_interfaces.c
_f = t.fixed_ips.c
_g = t.floating_ips.c
_n = t.networks.c
SELECT = (
    sa.select(t.routers, _n.uuid.label("external_network_uuid"))
    .outerjoin(t.networks, _n.id == _c.external_network_id))


def get(uuid: str) -> dict | None:
    with engine.reader() as conn:
        rows = query.dicts(conn.execute(SELECT.where(_c.uuid == uuid)))
    return rows[0] if rows else None


def lock(conn: sa.Connection, uuid: str) -> dict | None:
    """The router as it is now, and stays until the transaction ends."""
    conn.execute(sa.select(_c.id).where(_c.uuid == uuid).with_for_update()).all()
    return get(uuid)


def insert(conn: sa.Connection, values: dict) -> None:
    conn.execute(t.routers.insert().values(values))


def update(conn: sa.Connection, router_id: int, values: dict) -> None:
    conn.execute(t.routers.update().where(_c.id == router_id).values(
        **values, revision=_c.revision + 1))


def delete(conn: sa.Connection, router_id: int) -> None:
    conn.execute(t.routers.delete().where(_c.id == router_id))


def gateways(routers: list[dict]) -> dict[str, dict]:
    """The gateway ports of the routers, by the router's uuid."""
    uuids = [router["uuid"] for router in routers if router["external_network_id"]]
    if not uuids:
        return {}
    return {port["device_id"]: port for port in ports.get(
        _v.device_id.in_(uuids), _v.device_owner == ports.GATEWAY)}


def reaching(conn: sa.Connection, subnet_id: int, network_id: int) -> int | None:
    """The router that connects the subnet to the external network, if there is one."""
    return conn.execute(
        sa.select(_c.id)
        .join(t.virtual_interfaces, sa.and_(
            _v.device_id == _c.uuid, _v.device_owner == ports.INTERFACE))
        .join(t.fixed_ips, _f.virtual_interface_id == _v.id)
        .where(_f.subnet_id == subnet_id, _c.external_network_id == network_id)
        .order_by(_c.id).limit(1)).scalar()


def needed_by_floating_ips(conn: sa.Connection, router_id: int,
                           subnet_id: int | None = None) -> bool:
    """Whether a floating address goes through the router, to the subnet if one is named."""
    statement = sa.select(_g.id).where(_g.router_id == router_id).limit(1)
    if subnet_id is not None:
        statement = statement.join(t.fixed_ips, _f.id == _g.fixed_ip_id).where(
            _f.subnet_id == subnet_id)
    return conn.execute(statement).first() is not None
