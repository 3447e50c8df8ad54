"""Changes to an image as clients send them: JSON patches, in the two forms that Glance has known.

2.1 is that of RFC 6902: {"op": "replace", "path": "/name", "value": "x"}. 2.0 is of an older draft:
{"replace": "/name", "value": "x"}.
"""

import dataclasses
import re

import webob.exc

_OPERATIONS = ('add', 'remove', 'replace')
_OLD, _NEW = (f'application/openstack-images-v2.{minor}-json-patch' for minor in (0, 1))


@dataclasses.dataclass
class Change:
    """One operation: `operation` is add, remove or replace; `value` is None for remove."""

    operation: str
    name: str
    value: object
    is_old: bool

    def check_free(self, is_there: bool) -> None:
        """Raises HTTPConflict for an add, in the old form, of what is there."""
        if is_there and self.operation == 'add' and self.is_old:
            raise webob.exc.HTTPConflict(explanation=f'Property {self.name} already present.')

    def check_there(self, is_there: bool) -> None:
        """Raises HTTPConflict for a replace or remove of what is not there."""
        if not is_there and self.operation != 'add':
            raise webob.exc.HTTPConflict(explanation=f'Property {self.name} does not exist.')


def parse(req) -> list[Change]:
    """The changes that the request asks for. Raises HTTPUnsupportedMediaType, HTTPBadRequest."""
    if req.content_type not in (_OLD, _NEW):
        raise webob.exc.HTTPUnsupportedMediaType(
            explanation='The request media type is not supported by this resource.',
            headers={'Accept-Patch': f'{_OLD}, {_NEW}'})
    body = req.json
    if not isinstance(body, list):
        raise _bad('Request body must be a JSON array of operation objects.')
    return [_change(item, req.content_type == _OLD) for item in body]


def _change(item, is_old: bool) -> Change:
    if not isinstance(item, dict):
        raise _bad('Operations must be JSON objects.')
    operation, pointer = (_old_form if is_old else _new_form)(item)
    path = _path(pointer)
    if len(path) != 1:
        raise _bad(f"Invalid JSON pointer for this resource: '/{'/'.join(path)}'")
    if operation != 'remove' and 'value' not in item:
        raise _bad(f'Operation "{operation}" requires a member named "value".')
    return Change(operation, path[0], None if operation == 'remove' else item['value'], is_old)


def _new_form(item: dict) -> tuple[str, object]:
    available = ', '.join(_OPERATIONS)
    if item.get('op') is None:
        raise _bad('Unable to find `op` in JSON Schema change. '
                   f'It must be one of the following: {available}.')
    if item['op'] not in _OPERATIONS:
        raise _bad(f'Invalid operation: `{item["op"]}`. It must be one of the following: {available}.')
    if 'path' not in item:
        raise _bad("Unable to find 'path' in JSON Schema change")
    return item['op'], item['path']


def _old_form(item: dict) -> tuple[str, object]:
    found = [name for name in _OPERATIONS if name in item]
    if len(found) != 1:
        raise _bad(f'Operation objects must contain {"only" if found else "exactly"} one member named '
                   '"add", "remove", or "replace".')
    return found[0], item[found[0]]


def _path(pointer) -> list[str]:
    """The parts of a JSON pointer."""
    if not isinstance(pointer, str) or not pointer.startswith('/'):
        raise _bad(f'Pointer `{pointer}` does not start with "/".')
    if re.search(r'/\s*/', pointer[1:]):
        raise _bad(f'Pointer `{pointer}` contains adjacent "/".')
    if not pointer[1:].strip():
        raise _bad(f'Pointer `{pointer}` does not contains valid token.')
    if pointer.endswith('/'):
        raise _bad(f'Pointer `{pointer}` end with "/".')
    if re.search('~(?![01])', pointer):
        raise _bad(f'Pointer `{pointer}` contains "~" not part of a recognized escape sequence.')
    return [part.replace('~1', '/').replace('~0', '~').strip() for part in pointer[1:].split('/')]


def _bad(explanation: str) -> webob.exc.HTTPBadRequest:
    return webob.exc.HTTPBadRequest(explanation=explanation)
