"""OS-DCF:diskConfig."""

from minova.api.validation import parameter_types

server_create = {'OS-DCF:diskConfig': parameter_types.disk_config}
