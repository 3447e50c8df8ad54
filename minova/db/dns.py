"""Queries on names of addresses."""

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t

_d = t.dns_domains.c
_e = t.dns_entries.c


def get_domains() -> list[dict]:
    """All domains, oldest first."""
    with engine.reader() as conn:
        return query.dicts(conn.execute(sa.select(t.dns_domains).order_by(_d.id)))


@engine.retry_on_conflict
def put_domain(domain: str, values: dict) -> None:
    """Make the domain with these columns, or set them."""
    with engine.writer() as conn:
        if not query.insert_ignore(conn, t.dns_domains, {"domain": domain, **values}):
            conn.execute(t.dns_domains.update().where(_d.domain == domain).values(values))


@engine.retry_on_conflict
def delete_domain(domain: str) -> bool:
    """Remove the domain and its entries; whether it was a public one, or had any."""
    with engine.writer() as conn:
        entries = conn.execute(t.dns_entries.delete().where(_e.domain == domain)).rowcount
        scope = conn.execute(sa.select(_d.scope).where(_d.domain == domain)).scalar()
        conn.execute(t.dns_domains.delete().where(_d.domain == domain))
        return scope == "public" or entries > 0


def get_addresses(name: str, domain: str) -> list[str]:
    """The addresses that the name has."""
    with engine.reader() as conn:
        return list(conn.execute(sa.select(_e.address).where(
            _e.domain == domain, _e.name == name)).scalars())


def get_names(address: str, domain: str) -> list[str]:
    """The names that the address has in the domain, oldest first."""
    with engine.reader() as conn:
        return list(conn.execute(sa.select(_e.name).where(
            _e.domain == domain, _e.address == address).order_by(_e.id)).scalars())


@engine.retry_on_conflict
def put_entry(name: str, domain: str, address: str, dns_type: str) -> None:
    """Make the entry, or change its address."""
    with engine.writer() as conn:
        if not query.insert_ignore(conn, t.dns_entries, {
                "name": name, "domain": domain, "address": address, "type": dns_type}):
            conn.execute(t.dns_entries.update().where(
                _e.domain == domain, _e.name == name).values(address=address))


@engine.retry_on_conflict
def delete_entry(name: str, domain: str) -> bool:
    """Remove the entry; whether it was there."""
    with engine.writer() as conn:
        return conn.execute(t.dns_entries.delete().where(
            _e.domain == domain, _e.name == name)).rowcount == 1


def delete_entries_of(conn: sa.Connection, addresses: list[str]) -> None:
    """Remove every entry for one of the addresses."""
    conn.execute(t.dns_entries.delete().where(_e.address.in_(addresses)))
