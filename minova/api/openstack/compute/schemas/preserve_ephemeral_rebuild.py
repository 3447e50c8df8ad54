from minova.api.validation import parameter_types

server_rebuild = {'preserve_ephemeral': parameter_types.boolean}
