"""One module per step of the schema, numbered in their order."""
