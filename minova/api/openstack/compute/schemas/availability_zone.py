"""availability_zone."""

from minova.api.validation import parameter_types

server_create = {'availability_zone': parameter_types.availability_zone}
