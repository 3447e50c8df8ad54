"""Queries on the volumes of the embedded volume service."""

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t
from minova.db.types import utcnow

_c = t.volumes.c
_ALIVE = _c.deleted == 0
_SHOWN = [_c.uuid.label("id"), *(c for c in t.volumes.columns if c.name not in (
    "id", "uuid", "deleted", "deleted_at"))]


def get(volume_id: str, project_id: str | None = None) -> dict | None:
    """The living volume, if it is `project_id`'s (None: anybody's)."""
    statement = sa.select(*_SHOWN).where(_c.uuid == volume_id, _ALIVE)
    if project_id is not None:
        statement = statement.where(_c.project_id == project_id)
    with engine.reader() as conn:
        rows = query.dicts(conn.execute(statement))
    return rows[0] if rows else None


def get_all(project_id: str, limit: int | None = None, offset: int = 0) -> list[dict]:
    """The project's volumes, newest first."""
    statement = (sa.select(*_SHOWN).where(_c.project_id == project_id, _ALIVE)
                 .order_by(_c.created_at.desc(), _c.id.desc()).limit(limit).offset(offset))
    with engine.reader() as conn:
        return query.dicts(conn.execute(statement))


@engine.retry_on_conflict
def create(values: dict) -> None:
    """Insert a volume; values['id'] is its uuid."""
    values = dict(values)
    with engine.writer() as conn:
        conn.execute(t.volumes.insert().values(uuid=values.pop("id"), **values))


@engine.retry_on_conflict
def compare_and_swap(volume_id: str, expected: dict, values: dict) -> bool:
    """Set columns of a living volume whose columns are as expected; whether they were."""
    with engine.writer() as conn:
        return query.compare_and_swap(
            conn, t.volumes, {"uuid": volume_id, "deleted": 0}, expected, values)


@engine.retry_on_conflict
def delete(volume_id: str, statuses: tuple[str, ...]) -> bool:
    """Whether there was such a volume, in one of the states, without snapshots."""
    s = t.snapshots.c
    with engine.writer() as conn:
        # Whoever makes a snapshot locks the volume too.
        conn.execute(sa.select(_c.id).where(_c.uuid == volume_id).with_for_update())
        return conn.execute(t.volumes.update().where(
            _c.uuid == volume_id, _ALIVE, _c.status.in_(statuses),
            ~sa.exists().where(s.volume_id == volume_id, s.deleted == 0),
        ).values(deleted=_c.id, deleted_at=utcnow(), status="deleting")).rowcount == 1
