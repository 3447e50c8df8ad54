"""config_drive."""

from minova.api.validation import parameter_types

server_create = {'config_drive': parameter_types.boolean}
