"""Queries on where the VPNs of networks are reached."""

import sqlalchemy as sa

from minova.db import engine
from minova.db import tables as t

_c = t.networks.c


def get_all() -> dict[str, tuple[str | None, int | None]]:
    """{uuid of a network: (address, port)}."""
    with engine.reader() as conn:
        return {row.uuid: (row.vpn_public_address, row.vpn_public_port) for row in conn.execute(
            sa.select(_c.uuid, _c.vpn_public_address, _c.vpn_public_port))}


@engine.retry_on_conflict
def configure(project_id: str, address: str, port: int) -> None:
    """Set them for all networks of the project."""
    with engine.writer() as conn:
        conn.execute(t.networks.update().where(_c.project_id == project_id).values(
            vpn_public_address=address, vpn_public_port=port))
