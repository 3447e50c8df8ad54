"""What a note is: a dict with id, created_at, project_id, user_id, server_id (or None) and text.

The only module of this package that speaks SQL; the others call these functions.
"""

import sqlalchemy as sa

from minova import exception
from minova.db import engine, query
from minova_notes.tables import notes


class NoteNotFound(exception.NotFound):
    msg_fmt = 'Note %(note_id)s could not be found.'


@engine.retry_on_conflict
def add(context, text: str, server_ids: list[str | None]) -> list[dict]:
    """Write `text` on each of the servers; the notes. None stands for a note on no server."""
    with engine.writer() as conn:
        ids = [conn.execute(notes.insert().values(
            project_id=context.project_id, user_id=context.user_id, server_id=server_id, text=text,
        )).inserted_primary_key[0] for server_id in server_ids]
        return query.dicts(conn.execute(
            sa.select(notes).where(notes.c.id.in_(ids)).order_by(notes.c.id)))


def get(note_id: str) -> dict:
    """Raises NoteNotFound."""
    if note_id.isdecimal() and query.is_id(int(note_id)):
        with engine.reader() as conn:
            found = query.dicts(conn.execute(sa.select(notes).where(notes.c.id == int(note_id))))
        if found:
            return found[0]
    raise NoteNotFound(note_id=note_id)


def get_all(project_id: str) -> list[dict]:
    """The notes of the project, the oldest first."""
    with engine.reader() as conn:
        return query.dicts(conn.execute(
            sa.select(notes).where(notes.c.project_id == project_id).order_by(notes.c.id)))


def count(server_ids: list[str]) -> dict[str, int]:
    """How many notes each of the servers has, in one statement; those without are left out."""
    with engine.reader() as conn:
        return dict(conn.execute(
            sa.select(notes.c.server_id, sa.func.count()).where(notes.c.server_id.in_(server_ids))
            .group_by(notes.c.server_id)).all())


@engine.retry_on_conflict
def update(note_id: int, text: str) -> None:
    with engine.writer() as conn:
        conn.execute(notes.update().where(notes.c.id == note_id).values(text=text))


@engine.retry_on_conflict
def delete(note_id: int) -> None:
    with engine.writer() as conn:
        conn.execute(notes.delete().where(notes.c.id == note_id))


@engine.retry_on_conflict
def delete_of_server(server_id: str) -> None:
    with engine.writer() as conn:
        conn.execute(notes.delete().where(notes.c.server_id == server_id))
