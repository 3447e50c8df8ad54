"""Queries on the tags of images."""

from collections.abc import Iterable

import sqlalchemy as sa

from minova.db import engine, query
from minova.db import tables as t
from minova.db.types import utcnow

_c = t.image_tags.c


def replace(conn: sa.Connection, image_id: str, tags: Iterable[str]) -> None:
    """Make `tags` the tags of the image."""
    conn.execute(t.image_tags.delete().where(_c.image_id == image_id))
    rows = [{'image_id': image_id, 'value': tag} for tag in dict.fromkeys(tags)]
    if rows:
        conn.execute(t.image_tags.insert(), rows)


@engine.retry_on_conflict
def add(image_id: str, tag: str) -> bool:
    """Put the tag on the living image, whether it has it or not; False when the image is gone."""
    with engine.writer() as conn:
        if not _touch(conn, image_id):
            return False
        query.insert_ignore(conn, t.image_tags, {'image_id': image_id, 'value': tag})
        return True


@engine.retry_on_conflict
def remove(image_id: str, tag: str) -> bool:
    """Whether the image had that tag."""
    with engine.writer() as conn:
        had = conn.execute(t.image_tags.delete().where(
            _c.image_id == image_id, _c.value == tag)).rowcount == 1
        return had and _touch(conn, image_id)


def _touch(conn: sa.Connection, image_id: str) -> bool:
    """Say that the living image has changed; whether it is there. It stays until the transaction ends."""
    return query.compare_and_swap(conn, t.images, {'id': image_id, 'deleted': False}, {},
                                  {'updated_at': utcnow()})
