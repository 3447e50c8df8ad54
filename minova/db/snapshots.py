"""Queries on the snapshots of the embedded volume service."""

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t
from minova.db.types import utcnow

_c = t.snapshots.c
_ALIVE = _c.deleted == 0
_SHOWN = [_c.uuid.label("id"), *(c for c in t.snapshots.columns if c.name not in (
    "id", "uuid", "deleted", "deleted_at"))]


def get(snapshot_id: str, project_id: str | None = None) -> dict | None:
    """The living snapshot, if it is `project_id`'s (None: anybody's)."""
    statement = sa.select(*_SHOWN).where(_c.uuid == snapshot_id, _ALIVE)
    if project_id is not None:
        statement = statement.where(_c.project_id == project_id)
    with engine.reader() as conn:
        rows = query.dicts(conn.execute(statement))
    return rows[0] if rows else None


def get_all(project_id: str, limit: int | None = None, offset: int = 0) -> list[dict]:
    """The project's snapshots, newest first."""
    statement = (sa.select(*_SHOWN).where(_c.project_id == project_id, _ALIVE)
                 .order_by(_c.created_at.desc(), _c.id.desc()).limit(limit).offset(offset))
    with engine.reader() as conn:
        return query.dicts(conn.execute(statement))


def count_of_volume(volume_id: str) -> int:
    """How many living snapshots the volume has."""
    with engine.reader() as conn:
        return conn.execute(sa.select(sa.func.count()).where(
            _c.volume_id == volume_id, _ALIVE)).scalar_one()


@engine.retry_on_conflict
def create(values: dict, volume_statuses: tuple[str, ...]) -> bool:
    """Insert a snapshot of a living volume in one of the states; whether it was.

    values['id'] is the snapshot's uuid.
    """
    v = t.volumes.c
    values = dict(values)
    with engine.writer() as conn:
        if conn.execute(sa.select(v.id).where(
                v.uuid == values["volume_id"], v.deleted == 0, v.status.in_(volume_statuses),
        ).with_for_update()).first() is None:
            return False
        conn.execute(t.snapshots.insert().values(uuid=values.pop("id"), **values))
    return True


@engine.retry_on_conflict
def delete(snapshot_id: str) -> bool:
    """Whether there was such a snapshot."""
    with engine.writer() as conn:
        return conn.execute(t.snapshots.update().where(_c.uuid == snapshot_id, _ALIVE).values(
            deleted=_c.id, deleted_at=utcnow(), status="deleting")).rowcount == 1
