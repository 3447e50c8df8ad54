"""How networks look."""

_FIELDS = ('cidr', 'netmask', 'gateway', 'broadcast', 'dns1', 'dns2', 'cidr_v6', 'gateway_v6',
           'label', 'netmask_v6')
_ADMIN_FIELDS = ('injected', 'bridge', 'vlan', 'vpn_public_address', 'vpn_public_port',
                 'vpn_private_address', 'dhcp_start', 'project_id', 'host', 'bridge_interface',
                 'multi_host', 'priority', 'rxtx_base', 'mtu', 'dhcp_server', 'enable_dhcp',
                 'share_address')


def network(network: dict, is_admin: bool) -> dict:
    """What a project sees of a network; administrators see how it is made, too."""
    view = {field: network[field] for field in _FIELDS}
    view['id'] = network['uuid']
    if is_admin:
        view |= {field: network[field] for field in _ADMIN_FIELDS}
        view |= {'created_at': _time(network['created_at']),
                 'updated_at': _time(network['updated_at']), 'deleted_at': None, 'deleted': False}
    return view


def _time(value) -> str | None:
    return value and value.isoformat(timespec='microseconds')
