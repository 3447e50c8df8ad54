"""Tables of extensions: those of packages that name them in the namespace `minova.db.tables`.

An entry point leads to a `sqlalchemy.MetaData` of the package's own, whose tables have names that
begin with the package's. minova makes those that are missing wherever it makes its own: at
`minova-manage db sync`, and at the start where the database is embedded. It never changes or drops
one: a package whose next version needs more takes a table of another name, or brings its own
migrations.
"""

import logging

import sqlalchemy as sa
from stevedore import ExtensionManager

from minova.db.tables import metadata as own

NAMESPACE = 'minova.db.tables'
LOG = logging.getLogger(__name__)


def declared() -> list[sa.MetaData]:
    """What the installed packages declare; one that is broken is left out, and the log says so."""
    found = []
    for ext in ExtensionManager(NAMESPACE, on_load_failure_callback=_refuse):
        if not isinstance(ext.plugin, sa.MetaData):
            _refuse(None, ext.entry_point, TypeError('it is no MetaData'))
        elif clash := sorted(set(ext.plugin.tables) & set(own.tables)):
            _refuse(None, ext.entry_point, ValueError(f'minova has {", ".join(clash)} itself'))
        else:
            found.append(ext.plugin)
    return found


def _refuse(_manager, entry_point, error: Exception) -> None:
    LOG.error('The tables %s (%s, %s) are refused: %s', entry_point.name, NAMESPACE,
              entry_point.value, ' '.join(f'{type(error).__name__}: {error}'.split()))


def missing(conn: sa.Connection) -> list[str]:
    """The names of the tables that there ought to be."""
    return [table.name for metadata in declared() for table in metadata.sorted_tables
            if not conn.dialect.has_table(conn, table.name)]


def create_missing(conn: sa.Connection) -> None:
    """Make the tables that are not there yet."""
    for metadata in declared():
        metadata.create_all(conn, checkfirst=True)
