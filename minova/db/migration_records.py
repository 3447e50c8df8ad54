"""Queries on the list of migrations, past and present, as administrators see it."""

import sqlalchemy as sa
from oslo_utils import strutils

from minova.db import engine, query
from minova.db import tables as t

_m = t.migrations.c


def get_all(filters: dict) -> list[dict]:
    """Those that pass: status, host (either end), source_compute, hidden, migration_type."""
    statement = sa.select(t.migrations).order_by(_m.id)
    if 'status' in filters:
        statement = statement.where(query.matches(_m.status, filters['status']))
    if 'host' in filters:
        statement = statement.where(sa.or_(_m.source_compute == filters['host'],
                                           _m.dest_compute == filters['host']))
    elif 'source_compute' in filters:
        statement = statement.where(_m.source_compute == filters['source_compute'])
    if 'migration_type' in filters:
        statement = statement.where(_m.migration_type == filters['migration_type'])
    if 'hidden' in filters:
        statement = statement.where(_m.hidden == strutils.bool_from_string(filters['hidden']))
    with engine.reader() as conn:
        return query.dicts(conn.execute(statement))
