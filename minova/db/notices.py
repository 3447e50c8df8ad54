"""Queries on what notices of other services are about."""

import sqlalchemy as sa

from minova.db import engine
from minova.db import tables as t

_i = t.instances.c


def hosts_of_servers(uuids: list[str]) -> dict[str, str | None]:
    """Server -> host, for those of `uuids` that live."""
    with engine.reader() as conn:
        return {uuid: host for uuid, host in conn.execute(
            sa.select(_i.uuid, _i.host).where(_i.uuid.in_(uuids), _i.deleted == 0))}


def server_of_volume(volume_id: str) -> str | None:
    """The server that uses the volume."""
    b = t.block_device_mappings.c
    with engine.reader() as conn:
        return conn.execute(
            sa.select(b.instance_uuid).join(t.instances, _i.uuid == b.instance_uuid)
            .where(b.volume_id == volume_id, _i.deleted == 0)).scalar()
