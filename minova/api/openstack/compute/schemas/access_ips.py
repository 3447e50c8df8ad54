"""accessIPv4 and accessIPv6."""

from minova.api.validation import parameter_types

server_create = {
    'accessIPv4': parameter_types.access_ip_v4,
    'accessIPv6': parameter_types.access_ip_v6,
}
