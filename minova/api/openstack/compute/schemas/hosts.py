_SWITCH = {
    'type': 'string', 'enum': ['enable', 'disable', 'Enable', 'Disable', 'ENABLE', 'DISABLE'],
}

# Nova asks for neither of them: an empty body changes nothing and is answered with the host.
update = {
    'type': 'object',
    'properties': {'status': _SWITCH, 'maintenance_mode': _SWITCH},
    'additionalProperties': False,
}
