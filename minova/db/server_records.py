"""What is kept about a server in other tables, with what its own row shows of that."""

import sqlalchemy as sa

from minova import exception
from minova.db import instances
from minova.db import tables as t
from minova.db.types import utcnow


def add_fault(conn: sa.Connection, instance: dict, error: Exception, host: str | None = None) -> None:
    """Keep what went wrong, and show it in the row of the server.

    The code is that of an exception of minova's own, otherwise 500.
    """
    now = utcnow()
    own = isinstance(error, exception.MinovaException)
    fault = {'code': error.code if own else 500,
             'message': (error.message if own else type(error).__name__)[:255],
             'details': str(error)}
    conn.execute(t.instance_faults.insert().values(
        instance_uuid=instance['uuid'], host=host or instance['host'], created_at=now, **fault))
    instances.update(conn, instance['uuid'],
                     {'fault': fault | {'created': now.strftime('%Y-%m-%dT%H:%M:%SZ')}})


def remove_attachments(conn: sa.Connection, instance: dict) -> None:
    """A server that is gone is in no security group and in no server group."""
    for table in (t.security_group_instance_association, t.instance_group_members):
        conn.execute(table.delete().where(table.c.instance_uuid == instance['uuid']))
