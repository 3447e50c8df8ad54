"""The history of the schema, in Alembic's form. `minova.db.migration` tells how to add to it."""
