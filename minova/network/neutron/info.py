"""What servers show of their ports: read from Neutron, and kept with the servers."""

import threading

from minova.db import engine
from minova.db import server_ports as db

#: Of several that refresh a server at once, who reads first writes first.
_locks = [threading.Lock() for _ in range(64)]


def refresh(neutron, context, instance_uuid: str, order: list[str] = ()) -> list[dict]:
    """Have the server show what its ports are now; its network_info.

    The ports that it has shown before come first, then those of `order`. `context` has to be one that
    sees all. Makes at most four requests.
    """
    with _locks[hash(instance_uuid) % len(_locks)]:
        shown = db.get_shown([instance_uuid])
        now = _read(neutron, context, [instance_uuid], shown, order)[instance_uuid]
        if instance_uuid in shown and now != shown[instance_uuid]:
            _show(instance_uuid, now)
        return now['network_info']


def heal(neutron, context, instance_uuids: list[str]) -> int:
    """Refresh those of the servers that show something else than they have; how many these were.

    Makes a few requests for every fifty.
    """
    shown = db.get_shown(instance_uuids)
    now = _read(neutron, context, list(shown), shown)
    wrong = [uuid for uuid, was in shown.items() if now[uuid] != was]
    for instance_uuid in wrong:
        refresh(neutron, context, instance_uuid)
    return len(wrong)


@engine.retry_on_conflict
def _show(instance_uuid: str, now: dict) -> None:
    with engine.writer() as conn:
        db.show(conn, instance_uuid, now['network_info'], now['security_groups'])


def _read(neutron, context, instance_uuids: list[str], shown: dict[str, dict],
          order: list[str] = ()) -> dict[str, dict]:
    """{server: {'network_info', 'security_groups'}} as it is in Neutron."""
    ports: dict[str, list[dict]] = {uuid: [] for uuid in instance_uuids}
    for port in neutron.ports_of(context, instance_uuids):
        ports[port['device_id']].append(port)
    everything = [port for found in ports.values() for port in found]
    labels = _names(neutron, context, 'network', {port['network_id'] for port in everything})
    groups = _names(neutron, context, 'security_group', {
        group for port in everything for group in port['security_groups']})
    floating: dict[tuple[str, str], list[str]] = {}
    for fip in neutron.find(context, 'floatingip', port_id=sorted(p['id'] for p in everything)):
        floating.setdefault((fip['port_id'], fip['fixed_ip_address']), []).append(
            fip['floating_ip_address'])
    found = {}
    for uuid, of_server in ports.items():
        was = shown.get(uuid, {'network_info': [], 'security_groups': []})
        of_server = in_order(of_server, [*(vif['vif_id'] for vif in was['network_info']), *order])
        names = list(dict.fromkeys(groups[group] for port in of_server
                                   for group in port['security_groups'] if group in groups))
        found[uuid] = {
            'network_info': [_vif(port, labels, floating) for port in of_server],
            # Without a port, it stays in the groups that it is in.
            'security_groups': names if of_server else was['security_groups']}
    return found


def in_order(ports: list[dict], ids: list[str]) -> list[dict]:
    """The ports, those with these ids first, and then the oldest."""
    places = {port_id: place for place, port_id in reversed(list(enumerate(ids)))}
    return sorted(ports, key=lambda port: (
        places.get(port['id'], len(ids)), str(port['created_at'] or ''), port['id']))


def _names(neutron, context, noun: str, ids: set[str]) -> dict[str, str]:
    return {thing['id']: thing['name'] for thing in neutron.find(context, noun, id=sorted(ids))}


def _vif(port: dict, labels: dict[str, str], floating: dict) -> dict:
    return {
        'id': port['network_id'], 'label': labels.get(port['network_id'], port['network_id']),
        'mac': port['mac_address'], 'vif_id': port['id'],
        'ips': [{'address': fixed['ip_address'], 'version': 6 if ':' in fixed['ip_address'] else 4,
                 'type': 'fixed',
                 'floating': sorted(floating.get((port['id'], fixed['ip_address']), ()))}
                for fixed in port['fixed_ips']]}
