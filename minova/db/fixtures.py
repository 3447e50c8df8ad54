"""Queries on which declared things have been made already."""

import sqlalchemy as sa

from minova.db import query
from minova.db import tables as t


def enter(conn: sa.Connection, name: str) -> bool:
    """Enter that the thing is made, in the transaction that makes it; False: it was made before."""
    return query.insert_ignore(conn, t.loaded_fixtures, {'name': name})
