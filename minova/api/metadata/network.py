"""network_data.json: how a server is to set up its interfaces."""

_ANYWHERE = {4: ('0.0.0.0', '0.0.0.0'), 6: ('::', '::')}


def network_data(interfaces: list[dict]) -> dict:
    """Links, networks and services, as Liberty tells them.

    `interfaces` are those of network.contract.MetadataAPI. Of each the first subnet of either IP
    version counts, and of that the first address.
    """
    links: list[dict] = []
    networks: list[dict] = []
    services: list[dict] = []
    for interface in interfaces:
        if not interface['subnets']:
            continue
        link = {'id': f'interface{len(links)}', 'vif_id': interface['vif_id'], 'type': 'bridge',
                'mtu': interface['mtu'], 'ethernet_mac_address': interface['mac']}
        links.append(link)
        for version in (4, 6):
            subnet = next((s for s in interface['subnets'] if s['version'] == version), None)
            if subnet is None or not subnet['addresses']:
                continue
            networks.append(_network(interface, subnet, len(networks), link['id']))
            for address in subnet['dns']:
                service = {'type': 'dns', 'address': address}
                if service not in services:
                    services.append(service)
    return {'links': links, 'networks': networks, 'services': services}


def _network(interface: dict, subnet: dict, number: int, link_id: str) -> dict:
    version = subnet['version']
    network = {'id': f'network{number}', 'link': link_id,
               'network_id': interface['network_uuid']}
    if subnet['dhcp']:
        return network | {'type': f'ipv{version}_dhcp'}
    routes = []
    if subnet['gateway']:
        anywhere, netmask = _ANYWHERE[version]
        routes.append({'network': anywhere, 'netmask': netmask, 'gateway': subnet['gateway']})
    return network | {'type': f'ipv{version}', 'ip_address': subnet['addresses'][0],
                      'netmask': subnet['netmask'], 'routes': routes}
