"""Queries on the volumes of the embedded volume service."""

import sqlalchemy as sa

from minova.db import engine, snapshots
from minova.db import tables as t
from minova.db.volume_records import Records

_c = t.volumes.c
_records = Records(t.volumes)

get, get_page, count = _records.get, _records.get_page, _records.count
condition, has_metadata = _records.condition, _records.has_metadata
create, compare_and_swap, lock, change_items = (
    _records.insert, _records.compare_and_swap, _records.lock, _records.change_items)


def lock_type(conn: sa.Connection, type_id: str) -> bool:
    """Keep the type from being deleted until the transaction ends; whether it is there."""
    v = t.volume_types.c
    return conn.execute(sa.select(v.id).where(
        v.uuid == type_id, v.deleted == 0).with_for_update(read=True)).first() is not None


def totals(project_id: str | None) -> tuple[int, int]:
    """How many volumes the project has (None: all projects), and their GiB together."""
    with engine.reader() as conn:
        count, size = conn.execute(_records.select(
            project_id, sa.func.count(), sa.func.sum(_c.size))).one()
        return count, int(size or 0)


def different_metadata(project_id: str | None) -> list[dict]:
    """The metadata of these volumes, without what is the same as another's."""
    with engine.reader() as conn:
        return list(conn.execute(_records.select(project_id, _c.metadata).distinct()).scalars())


def get_by_attachment(attachment_id: str, project_id: str | None = None) -> dict | None:
    """The volume that has the attachment, if it is `project_id`'s (None: anybody's)."""
    rows = get_page(project_id, 1, conditions=[_c.attachment_id == attachment_id])
    return rows[0] if rows else None


def is_attached() -> sa.ColumnElement[bool]:
    """Condition: it has an attachment."""
    return _c.attachment_id.is_not(None)


def delete(conn: sa.Connection, volume: dict, statuses: tuple[str, ...] | None) -> bool:
    """Whether the volume was there, in one of the states (None: any, unless attached), without snapshots.

    Whoever makes a snapshot locks the volume too; so must have done who calls this.
    """
    conditions = [_c.uuid == volume["id"], ~snapshots.exist_of(_c.uuid)]
    if statuses is None:
        conditions.append(_c.attach_status.is_distinct_from("attached"))
    else:
        conditions.append(_c.status.in_(statuses))
    return _records.remove(conn, conditions) == 1
