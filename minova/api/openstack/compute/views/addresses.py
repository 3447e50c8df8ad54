"""How the addresses of a server look."""


def addresses(network_info: list[dict], extended: bool = False) -> dict[str, list[dict]]:
    """{label of the network: addresses on it}, the floating ones last.

    With `extended` the type and the MAC address are shown too, as the extensions OS-EXT-IPS and
    OS-EXT-IPS-MAC do it in servers.
    """
    labels: dict[str, tuple[list, list]] = {}
    for vif in network_info:
        fixed, floating = labels.setdefault(vif['label'], ([], []))
        for ip in vif['ips']:
            fixed.append(_view(ip['address'], ip['version'], ip['type'], vif, extended))
            for address in ip['floating']:
                floating.append(_view(address, 4, 'floating', vif, extended))
    return {label: fixed + floating for label, (fixed, floating) in labels.items()}


def _view(address: str, version: int, kind: str, vif: dict, extended: bool) -> dict:
    if not extended:
        return {'version': version, 'addr': address}
    return {'version': version, 'addr': address, 'OS-EXT-IPS:type': kind,
            'OS-EXT-IPS-MAC:mac_addr': vif['mac']}
