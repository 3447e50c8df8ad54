"""Queries on the snapshots of the embedded volume service."""

import sqlalchemy as sa

from minova.db import tables as t
from minova.db.volume_records import Records

_c = t.snapshots.c
_records = Records(t.snapshots)

get, get_page, count = _records.get, _records.get_page, _records.count
condition, has_metadata = _records.condition, _records.has_metadata
create, compare_and_swap, lock, change_items = (
    _records.insert, _records.compare_and_swap, _records.lock, _records.change_items)


def get_of_volume(volume_id: str) -> list[dict]:
    """The living snapshots of the volume, whosever they are."""
    return get_page(None, conditions=[_c.volume_id == volume_id])


def exist_of(volume_id: sa.ColumnElement) -> sa.ColumnElement[bool]:
    """Condition: the volume has living snapshots."""
    return sa.exists().where(_c.volume_id == volume_id, _c.deleted == 0)


def delete(conn: sa.Connection, snapshot_id: str) -> bool:
    """Whether there was such a snapshot."""
    return _records.remove(conn, [_c.uuid == snapshot_id]) == 1
