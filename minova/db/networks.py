"""Queries on networks."""

import ipaddress
import uuid

import sqlalchemy as sa

from minova import addresses
from minova.db import engine, query
from minova.db import tables as t

_c = t.networks.c
COLUMNS = frozenset(_c.keys())
_LISTED = _c.hidden == sa.false()
_LOCK = sa.select(t.networks).where(_c.id == sa.bindparam("network")).with_for_update()
_ID_OF = sa.select(_c.id).where(_c.uuid == sa.bindparam("identity"))
_NEXT = t.networks.update().where(_c.id == sa.bindparam("network")).values(
    next_offset=sa.bindparam("offset", type_=sa.Integer), updated_at=_c.updated_at)


def get_listed(project_id: str | None = None, admin: bool = False) -> list[dict]:
    """All networks, oldest first; for a project, who is no `admin`, only its own."""
    statement = sa.select(t.networks).where(_LISTED).order_by(_c.id)
    if not admin:
        statement = statement.where(_c.project_id == project_id)
    with engine.reader() as conn:
        return query.dicts(conn.execute(statement))


def get_by_uuids(uuids: list[str]) -> list[dict]:
    """Those of the networks `uuids` that there are, oldest first."""
    if not uuids:
        return []
    statement = sa.select(t.networks).where(_c.uuid.in_(uuids), _LISTED).order_by(_c.id)
    with engine.reader() as conn:
        return query.dicts(conn.execute(statement))


def get_seen(project_id: str) -> list[dict]:
    """The networks that members of the project see by Neutron's rules, oldest first."""
    statement = sa.select(t.networks).where(_LISTED, sa.or_(
        _c.project_id == project_id, _c.shared, _c.external)).order_by(_c.id)
    with engine.reader() as conn:
        return query.dicts(conn.execute(statement))


def lock(conn: sa.Connection, network_id: int) -> dict:
    """The network as it is now, and as nobody else can change it until the transaction ends."""
    return query.dicts(conn.execute(_LOCK, {"network": network_id}))[0]


def set_next(conn: sa.Connection, network_id: int, offset: int) -> None:
    """The address that is tried first the next time; the network itself does not change by that."""
    conn.execute(_NEXT, {"network": network_id, "offset": offset})


def ensure_hidden(conn: sa.Connection, label: str, cidr: str, cidr_v6: str | None) -> int:
    """The id of the network of that label and addresses that is not listed; made when missing."""
    identity = str(uuid.uuid5(uuid.NAMESPACE_URL, f"minova:{label}:{cidr}:{cidr_v6}"))
    network_id = conn.execute(_ID_OF, {"identity": identity}).scalar()
    if network_id is None:
        size = ipaddress.ip_network(cidr).num_addresses
        query.insert_ignore(conn, t.networks, dict(
            uuid=identity, label=label, cidr=cidr, cidr_v6=cidr_v6, hidden=True,
            gateway=addresses.address_at(cidr, 1), first_offset=2, next_offset=2,
            last_offset=size - 2))
        network_id = conn.execute(_ID_OF, {"identity": identity}).scalar_one()
    return network_id


def create(conn: sa.Connection, values: dict, reserved: list[str]) -> dict:
    """A new network, with the addresses `reserved` kept from servers; its row.

    Raises DBDuplicateEntry for a uuid or a VLAN that is taken.
    """
    identity = values.get("uuid") or str(uuid.uuid4())
    conn.execute(t.networks.insert().values(**{**values, "uuid": identity}))
    network = get_by_uuids([identity])[0]
    rows = [{"address": address, "network_id": network["id"], "reserved": True}
            for address in reserved]
    if rows:
        conn.execute(t.fixed_ips.insert(), rows)
    return network


def get_with_hidden() -> list[dict]:
    """All networks there are, the listed ones first."""
    with engine.reader() as conn:
        return query.dicts(conn.execute(sa.select(t.networks).order_by(_c.hidden, _c.id)))


def lock_listed(conn: sa.Connection) -> list[dict]:
    """All networks, oldest first, which nobody changes until the transaction ends."""
    return query.dicts(conn.execute(
        sa.select(t.networks).where(_LISTED).order_by(_c.id).with_for_update()))


@engine.retry_on_conflict
def update(network_id: int, values: dict) -> None:
    with engine.writer() as conn:
        conn.execute(t.networks.update().where(_c.id == network_id).values(values))


def change(conn: sa.Connection, network_id: int, values: dict) -> None:
    """Change what Neutron's API says of a network."""
    conn.execute(t.networks.update().where(_c.id == network_id).values(
        **values, revision=_c.revision + 1))


@engine.retry_on_conflict
def take_for_project(project_id: str, identity: str | None) -> bool:
    """Give a network that no project has, or just that one, to the project; if there is one."""
    with engine.writer() as conn:
        while True:
            statement = sa.select(_c.id).where(_LISTED, _c.project_id.is_(None)).order_by(_c.id)
            if identity is not None:
                statement = statement.where(_c.uuid == identity)
            network_id = conn.execute(statement.limit(1)).scalar()
            # Another project may be faster; then the next one is looked for.
            if network_id is None or query.compare_and_swap(
                    conn, t.networks, {"id": network_id}, {"project_id": None},
                    {"project_id": project_id}):
                return network_id is not None


def delete_unused(conn: sa.Connection, network_id: int) -> bool:
    """Remove the network with its addresses, unless a server has one of these."""
    f = t.fixed_ips.c
    if conn.execute(sa.select(f.id).where(
            f.network_id == network_id, f.allocated == sa.true()).limit(1)).first():
        return False
    conn.execute(t.fixed_ips.delete().where(f.network_id == network_id))
    conn.execute(t.networks.delete().where(_c.id == network_id))
    return True
