"""Request bodies as JSON Schema, one module per extension under its name."""
