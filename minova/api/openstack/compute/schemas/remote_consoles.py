def _action(name: str, *types: str) -> dict:
    return {
        'type': 'object',
        'properties': {
            name: {
                'type': 'object',
                'properties': {'type': {'enum': list(types)}},
                'required': ['type'],
                'additionalProperties': False,
            },
        },
        'required': [name],
        'additionalProperties': False,
    }


def _create(protocols: list[str], types: list[str]) -> dict:
    return {
        'type': 'object',
        'properties': {
            'remote_console': {
                'type': 'object',
                'properties': {'protocol': {'enum': protocols}, 'type': {'enum': types}},
                'required': ['protocol', 'type'],
                'additionalProperties': False,
            },
        },
        'required': ['remote_console'],
        'additionalProperties': False,
    }


get_vnc_console = _action('os-getVNCConsole', 'novnc', 'xvpvnc')
get_spice_console = _action('os-getSPICEConsole', 'spice-html5')
get_rdp_console = _action('os-getRDPConsole', 'rdp-html5')
get_serial_console = _action('os-getSerialConsole', 'serial')

_PROTOCOLS = ['vnc', 'spice', 'rdp', 'serial']
_TYPES = ['novnc', 'xvpvnc', 'rdp-html5', 'spice-html5', 'serial']

create_v26 = _create(_PROTOCOLS, _TYPES)
create_v28 = _create([*_PROTOCOLS, 'mks'], [*_TYPES, 'webmks'])
