"""The table of this package, which minova makes with its own (entry point `minova.db.tables`)."""

import sqlalchemy as sa

from minova.db.tables.base import TABLE_OPTIONS
from minova.db.types import DateTime, utcnow

metadata = sa.MetaData()

notes = sa.Table(
    'minova_notes', metadata,
    sa.Column('id', sa.Integer, primary_key=True),
    sa.Column('created_at', DateTime, default=utcnow, nullable=False),
    sa.Column('project_id', sa.String(255), nullable=False),
    sa.Column('user_id', sa.String(255), nullable=False),
    sa.Column('server_id', sa.String(36)),
    sa.Column('text', sa.String(255), nullable=False),
    sa.Index('ix_minova_notes_project_id', 'project_id'),
    sa.Index('ix_minova_notes_server_id', 'server_id'),
    sqlite_autoincrement=True, **TABLE_OPTIONS)
