"""The part of the metadata that looks as on EC2: ids, the tree, and how a tree is printed."""

import zlib

DEFAULT_MAPPINGS = {'ami': 'sda1', 'ephemeral0': 'sda2', 'root': '/dev/sda1', 'swap': 'sda3'}


class Named(dict):
    """A directory that is listed under another name than its own."""

    def __init__(self, name: str, **items):
        super().__init__(items)
        self.name = name


def instance_ec2_id(number: int) -> str:
    """The EC2 id of a server, from the number of its row."""
    return f'i-{number:08x}'


def image_ec2_id(image_id: str, kind: str = 'ami') -> str:
    """The EC2 id of an image, kernel (aki) or ramdisk (ari): always the same for the same image."""
    return f'{kind}-{zlib.crc32(image_id.encode()):08x}'


def meta_data(server: dict, version: str, hostname: str) -> dict:
    """What is below <version>/meta-data. `server` is one of compute.contract.MetadataAPI."""
    fixed, floating = _addresses(server)
    tree: dict = {
        'ami-id': image_ec2_id(server['image_ref'] or ''),
        'ami-launch-index': server['launch_index'],
        'ami-manifest-path': 'FIXME',
        'instance-id': instance_ec2_id(server['id']),
        'hostname': hostname,
        'local-ipv4': fixed,
        'reservation-id': server['reservation_id'],
        'security-groups': list(server['security_groups'])}
    if server['key_name']:
        tree['public-keys'] = {
            '0': Named(f'0={server["key_name"]}', **{'openssh-key': server['key_data']})}
    if version >= '2007-01-19':
        tree |= {'local-hostname': hostname, 'public-hostname': hostname, 'public-ipv4': floating}
    if version >= '2007-08-29':
        tree['instance-type'] = server['flavor']['name']
    if version >= '2007-12-15':
        tree['block-device-mapping'] = mappings(server)
        for key, kind in (('kernel', 'aki'), ('ramdisk', 'ari')):
            if server[f'{key}_id']:
                tree[f'{key}-id'] = image_ec2_id(server[f'{key}_id'], kind)
    if version >= '2008-02-01':
        tree['placement'] = {'availability-zone': server['zone']}
    if version >= '2008-09-01':
        tree['instance-action'] = 'none'
    return tree


def _addresses(server: dict) -> tuple[str, str]:
    """The first fixed (IPv4) and the first floating address, '' for none."""
    ips = [ip for vif in server['network_info'] for ip in vif['ips'] if ip['version'] == 4]
    floating = [address for ip in ips for address in ip['floating']]
    return ips[0]['address'] if ips else '', floating[0] if floating else ''


def mappings(server: dict) -> dict[str, str]:
    """What the server's disks are called, by what they are."""
    root = server['root_device_name']
    if root is None:
        return DEFAULT_MAPPINGS
    found = {'ami': root.removeprefix('/dev/'), 'root': root}
    volumes, ephemerals = [], []
    for device in server['block_devices']:
        if device['destination_type'] == 'volume':
            volumes.append(device['device_name'] or '')
        elif device['source_type'] == 'blank':
            if device['guest_format'] == 'swap':
                found['swap'] = device['device_name'] or ''
            else:
                ephemerals.append(device['device_name'] or '')
    found |= {f'ephemeral{i}': name for i, name in enumerate(ephemerals)}
    return found | {f'ebs{i}': name for i, name in enumerate(sorted(volumes))}


def find(tree, path: list[str]):
    """What is in `tree` under `path`. Raises KeyError."""
    for name in path:
        if isinstance(tree, list):
            if name not in tree:
                raise KeyError(name)
            tree = name
        elif isinstance(tree, dict):
            tree = tree[name]
        else:
            raise KeyError(name)
    return tree


def render(data) -> bytes:
    """`data` as it is sent: the names in a directory, the lines of a list, or just the text."""
    if isinstance(data, bytes):
        return data
    if isinstance(data, dict):
        data = [_listed_as(name, data[name]) for name in sorted(data)]
    if isinstance(data, list):
        data = '\n'.join(data)
    return str(data).encode()


def _listed_as(name: str, value) -> str:
    if isinstance(value, Named):
        return value.name
    return f'{name}/' if isinstance(value, dict) else name
