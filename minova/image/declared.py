"""Images as people declare them, in a fixtures file or for the importer.

    - id: 70a599e0-31e7-49b7-b260-868f441e862b
      name: cirros
      size: 13287936
      properties: {architecture: x86_64}
      file: cirros.img

id and name are needed. All others have defaults: an image is active, public, nobody's and not
protected, and has no content. What `file` names, seen from where the declaration is, becomes its content,
and says its size and checksum; its formats are raw and bare unless they are given.
"""

import datetime
import os
import uuid

import yaml
from oslo_utils import uuidutils

from minova import exception
from minova.image.contract import STATUSES, VISIBILITIES

_KEYS = frozenset((
    'id', 'name', 'status', 'size', 'min_disk', 'min_ram', 'owner', 'is_public', 'visibility', 'hidden',
    'protected', 'checksum', 'container_format', 'disk_format', 'properties', 'tags', 'created_at',
    'updated_at', 'file'))
#: What an upload says.
_OF_CONTENT = ('status', 'size', 'checksum')


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
    return located(items, path)


def located(items: list, path: str) -> list:
    """The same with each `file` as seen from here, when they were read from the YAML file at `path`."""
    return [{**item, 'file': os.path.join(os.path.dirname(path), item['file'])}
            if isinstance(item, dict) and isinstance(item.get('file'), str) else item for item in items]


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
    values = {'protected': False, 'hidden': False, 'owner': None, 'size': 0, 'properties': {}, 'tags': [],
              **item}
    values['id'] = str(uuid.UUID(values['id']))
    values['status'] = str(values.get('status', 'active')).lower()
    if values['status'] not in STATUSES:
        raise ValueError(f'image {name}: there is no status {values["status"]}')
    for key in ('min_disk', 'min_ram'):
        values[key] = _number(name, key, values.get(key, 0))
    _number(name, 'size', values['size'])
    for key in ('protected', 'hidden'):
        if not isinstance(values[key], bool):
            raise ValueError(f'image {name}: {key} is neither true nor false')
    values['visibility'] = _visibility(name, item)
    values.pop('is_public', None)
    for key in ('created_at', 'updated_at'):
        if key in values:
            values[key] = _time(name, key, values[key])
    values['properties'] = _properties(name, values['properties'])
    if not isinstance(values['tags'], list) or not all(isinstance(tag, str) for tag in values['tags']):
        raise ValueError(f'image {name}: tags are not a list of texts')
    if 'file' in values:
        _check_file(name, item)
        values |= {'status': 'queued', 'size': 0, 'disk_format': item.get('disk_format', 'raw'),
                   'container_format': item.get('container_format', 'bare')}
    return values


def _visibility(name: str, item: dict) -> str:
    if 'visibility' in item and 'is_public' in item:
        raise ValueError(f'image {name}: visibility says all that is_public could')
    if not isinstance(item.get('is_public', True), bool):
        raise ValueError(f'image {name}: is_public is neither true nor false')
    found = item.get('visibility', 'public' if item.get('is_public', True) else 'shared')
    if found not in VISIBILITIES:
        raise ValueError(f'image {name}: there is no visibility {found}')
    return found


def _check_file(name: str, item: dict) -> None:
    for key in _OF_CONTENT:
        if key in item:
            raise ValueError(f'image {name}: the file says the {key}')
    if not isinstance(item['file'], str) or not os.path.isfile(item['file']):
        raise ValueError(f'image {name}: there is no file {item["file"]}')


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
