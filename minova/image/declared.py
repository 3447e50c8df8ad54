"""Images as people declare them, in a fixtures file or for the importer.

    - id: 70a599e0-31e7-49b7-b260-868f441e862b
      name: cirros
      size: 13287936
      properties: {architecture: x86_64}

id and name are needed. All others have defaults: an image is active, public, nobody's and not
protected.
"""

import datetime
import uuid

import yaml
from oslo_utils import uuidutils

from minova import exception

STATUSES = ('queued', 'saving', 'active', 'killed', 'deleted', 'pending_delete')

_KEYS = frozenset((
    'id', 'name', 'status', 'size', 'min_disk', 'min_ram', 'owner', 'is_public', 'protected',
    'checksum', 'container_format', 'disk_format', 'properties', 'created_at', 'updated_at'))


def read(path: str) -> list:
    """What the YAML file at `path` declares: its list, or the section `images` of its mapping.

    Raises FixturesError for a file that is missing or has neither.
    """
    try:
        with open(path, encoding='utf-8') as f:
            document = yaml.safe_load(f)
    except (OSError, ValueError, yaml.YAMLError) as e:
        raise exception.FixturesError(path=path, reason=e) from e
    items = document.get('images') if isinstance(document, dict) else document
    if not isinstance(items, list):
        raise exception.FixturesError(path=path, reason='there is no list of images in it')
    return items


def image(item: dict) -> dict:
    """The image that `item` declares. Raises ValueError, which says what is wrong with it."""
    if not isinstance(item, dict):
        raise ValueError(f'{item!r} is not a mapping')
    name = item.get('name')
    unknown = sorted(map(str, set(item) - _KEYS))
    if unknown:
        raise ValueError(f'image {name}: there is no {", ".join(unknown)}')
    if not isinstance(name, str) or not name:
        raise ValueError(f'image {item.get("id")} has no name')
    if not uuidutils.is_uuid_like(item.get('id')):
        raise ValueError(f'image {name}: the id {item.get("id")!r} is not a uuid')
    values = {'is_public': True, 'protected': False, 'owner': None, 'size': 0,
              'properties': {}, **item}
    values['id'] = str(uuid.UUID(values['id']))
    values['status'] = str(values.get('status', 'active')).lower()
    if values['status'] not in STATUSES:
        raise ValueError(f'image {name}: there is no status {values["status"]}')
    for key in ('min_disk', 'min_ram'):
        values[key] = _number(name, key, values.get(key, 0))
    _number(name, 'size', values['size'])
    for key in ('is_public', 'protected'):
        if not isinstance(values[key], bool):
            raise ValueError(f'image {name}: {key} is neither true nor false')
    for key in ('created_at', 'updated_at'):
        if key in values:
            values[key] = _time(name, key, values[key])
    values['properties'] = _properties(name, values['properties'])
    return values


def _number(name: str, key: str, value) -> int:
    try:
        if not isinstance(value, bool) and int(value) >= 0:
            return int(value)
    except (TypeError, ValueError):
        pass
    raise ValueError(f'image {name}: {key} is not a number: {value!r}')


def _time(name: str, key: str, value) -> datetime.datetime:
    """YAML has made a time of it, or left the text alone when it was quoted."""
    if isinstance(value, str):
        try:
            value = datetime.datetime.fromisoformat(value.replace('Z', '+00:00'))
        except ValueError:
            pass
    if not isinstance(value, datetime.datetime):
        raise ValueError(f'image {name}: {key} is not a time: {value!r}')
    if value.tzinfo:
        value = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    return value


def _properties(name: str, properties) -> dict[str, str | None]:
    if not isinstance(properties, dict):
        raise ValueError(f'image {name}: properties are not a mapping')
    return {str(key): None if value is None else str(value) for key, value in properties.items()}
