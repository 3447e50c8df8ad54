"""Notes on servers: an example of an extension to minova."""
