"""What Alembic runs, for `minova.db.migration.sync()` and for the alembic command alike."""

import contextlib

from alembic import context

from minova.db import engine, tables

given = context.config.attributes.get("connection")
with contextlib.nullcontext(given) if given is not None else engine.writer() as connection:
    context.configure(
        connection=connection,
        target_metadata=tables.metadata,
        # SQLite cannot alter a column: batch mode makes the table anew.
        render_as_batch=engine.is_embedded(),
    )
    with context.begin_transaction():
        context.run_migrations()
