"""Queries on the certificates that were given out."""

from minova.db import engine
from minova.db import tables as t


@engine.retry_on_conflict
def create(user_id: str, project_id: str, file_name: str) -> None:
    """Note a certificate; `file_name` has its serial number."""
    with engine.writer() as conn:
        conn.execute(t.certificates.insert().values(
            user_id=user_id, project_id=project_id, file_name=file_name))
