"""Response bodies, one module per extension under its name."""
