"""Images as Glance says them, and as minova.image does."""

import datetime

from minova import exception

#: Names of Glance -> keys of an image of minova.image.
_KEYS = {
    'id': 'id', 'name': 'name', 'status': 'status', 'checksum': 'checksum', 'os_hash_algo': 'hash_algo',
    'os_hash_value': 'hash_value', 'min_disk': 'min_disk', 'min_ram': 'min_ram',
    'container_format': 'container_format', 'disk_format': 'disk_format', 'owner': 'owner',
    'protected': 'protected', 'os_hidden': 'hidden', 'visibility': 'visibility', 'tags': 'tags'}
_NAMES = {key: name for name, key in _KEYS.items()}
_SETTABLE = frozenset(('name', 'min_disk', 'min_ram', 'container_format', 'disk_format', 'owner', 'protected',
                       'hidden', 'visibility', 'tags'))
_OTHERS = frozenset(('size', 'virtual_size', 'created_at', 'updated_at', 'self', 'file', 'schema',
                     'direct_url', 'locations', 'stores'))
_TEXTS = ('name', 'status', 'id', 'owner', 'container_format', 'disk_format', 'checksum', 'hash_value',
          'visibility', 'member_status')


def image(shown: dict) -> dict:
    """An image of minova.image, of one as Glance shows it."""
    found = {key: shown.get(name) for name, key in _KEYS.items()}
    found['tags'] = sorted(found['tags'] or ())
    return found | {
        'size': shown.get('size') or 0, 'deleted': False, 'deleted_at': None, 'hidden': bool(found['hidden']),
        'created_at': _time(shown['created_at']), 'updated_at': _time(shown['updated_at']),
        'properties': {name: value for name, value in shown.items()
                       if name not in _KEYS and name not in _OTHERS}}


def member(shown: dict) -> dict:
    return {'image_id': shown['image_id'], 'member': shown['member_id'], 'status': shown['status'],
            'created_at': _time(shown['created_at']), 'updated_at': _time(shown['updated_at'])}


def body(values: dict) -> dict:
    """What Glance makes an image of. It says itself what size, checksum, status and times are."""
    return {name: value for name, value in (values.get('properties') or {}).items() if value is not None} | {
        _NAMES[key]: value for key, value in values.items() if key in _SETTABLE or key == 'id'}


def patch(before: dict, values: dict) -> list[dict]:
    """The JSON patch that gives `values` to the image `before`."""
    changes = [{'op': 'replace', 'path': f'/{_NAMES[key]}', 'value': value}
               for key, value in values.items() if key in _SETTABLE and value != before[key]]
    old, new = before['properties'], values.get('properties', before['properties'])
    for name in sorted(old.keys() - new.keys()):
        changes.append({'op': 'remove', 'path': _pointer(name)})
    for name, value in new.items():
        if old.get(name) != value:
            changes.append({'op': 'add', 'path': _pointer(name), 'value': value})
    return changes


def query(filters: dict, sort) -> list[tuple[str, str]] | None:
    """The query of a list, for what contract.API.get_all is asked; None when no image can match."""
    params = [('sort', ','.join(f'{key}:{direction}' for key, direction in sort))]
    for key, value in filters.items():
        if key in _TEXTS:
            params.append((_NAMES.get(key, key), _text(value)))
        elif key in ('min_ram', 'min_disk'):
            if not str(value).isdecimal():
                return None
            params.append((key, str(value)))
        elif key in ('protected', 'hidden'):
            params.append((_NAMES[key], 'true' if value else 'false'))
        elif key == 'tags':
            params += [('tag', tag) for tag in value]
        elif key == 'compare':
            for compared in value:
                params += _compared(*compared)
        elif key == 'changes-since':
            params.append(('updated_at', f'gt:{value}'))
        elif key.startswith('property-'):
            name = key[len('property-'):]
            if name in _KEYS or name in _OTHERS:
                return None     # what has that name is no property
            params.append((name, value))
    return params


def _text(value) -> str:
    if isinstance(value, str):
        return value
    return 'in:' + ','.join(f'"{each}"' if ',' in each else each for each in value)


def _compared(key: str, operator: str, value) -> list[tuple[str, str]]:
    if key != 'size':
        return [(key, f'{operator}:{value.strftime("%Y-%m-%dT%H:%M:%SZ")}')]
    limits = {'gte': [('size_min', value)], 'gt': [('size_min', value + 1)], 'lte': [('size_max', value)],
              'lt': [('size_max', value - 1)], 'eq': [('size_min', value), ('size_max', value)]}
    if operator not in limits:
        raise exception.InvalidImageQuery(reason='Unable to filter using the specified range.')
    return [(name, str(limit)) for name, limit in limits[operator]]


def _pointer(name: str) -> str:
    return '/' + name.replace('~', '~0').replace('/', '~1')


def _time(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text.replace('Z', '+00:00')).replace(tzinfo=None)
