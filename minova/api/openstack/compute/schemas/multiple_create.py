"""How many servers."""

from minova.api.validation import parameter_types

server_create = {
    'min_count': parameter_types.positive_integer,
    'max_count': parameter_types.positive_integer,
    'return_reservation_id': parameter_types.boolean,
}
