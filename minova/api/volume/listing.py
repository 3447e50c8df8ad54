"""What lists are asked for: pages, sorting and filters."""

import ast
import urllib.parse
from collections.abc import Mapping
from typing import NamedTuple

import webob.exc
from oslo_utils import strutils, timeutils

from minova import exception
from minova.api.volume import microversions
from minova.conf import CONF

_OPERATORS = ('gt', 'gte', 'lt', 'lte', 'eq', 'neq')
#: Parameters that are no filters.
_OTHERS = frozenset(('limit', 'offset', 'marker', 'sort', 'sort_key', 'sort_dir', 'all_tenants',
                     'with_count', 'is_public', 'glance_metadata'))


class Kind(NamedTuple):
    """A noun: by the client's names of keys the backend's, and what they hold."""

    keys: Mapping[str, str]
    texts: frozenset = frozenset()
    integers: frozenset = frozenset()
    booleans: frozenset = frozenset()
    times: frozenset = frozenset(('created_at', 'updated_at'))
    sort_keys: frozenset = frozenset()


def number(req, name: str) -> int | None:
    """A parameter that is a whole number, not negative. Raises HTTPBadRequest."""
    value = req.GET.get(name)
    if value is None:
        return None
    try:
        parsed = int(value)
    except ValueError:
        raise webob.exc.HTTPBadRequest(explanation=f'{name} param must be an integer') from None
    if not 0 <= parsed <= 0x7FFFFFFF:
        raise webob.exc.HTTPBadRequest(explanation=f'{name} param must be positive')
    return parsed


def limit(req) -> int:
    """How many items an answer may have."""
    wanted = number(req, 'limit')
    return CONF.osapi_max_limit if wanted is None else min(wanted, CONF.osapi_max_limit)


def page(req, kind: Kind) -> dict:
    """The arguments of a list of the backend. Raises HTTPBadRequest, InvalidInput."""
    return {'limit': limit(req), 'offset': number(req, 'offset') or 0,
            'marker': req.GET.get('marker'), 'sort': sort(req, kind), **narrowed(req, kind)}


def narrowed(req, kind: Kind) -> dict:
    """The part of the arguments that says how long the list is without a limit."""
    return {'filters': filters(req, kind), 'all_projects': all_projects(req)}


def all_projects(req) -> bool:
    """Whether the things of all projects are wanted, by who may see them."""
    return req.context.is_admin and _is_true(req.GET.get('all_tenants', ''))


def wants_count(req) -> bool:
    """Whether the answer is to say how long the whole list is."""
    return microversions.at_least(req, '3.45') and _is_true(req.GET.get('with_count', ''))


def links(req, items: list) -> list[dict]:
    """The link to the next page, if this one is full."""
    if not items or len(items) < limit(req):
        return []
    parameters = [(key, value) for key, value in req.GET.items() if key != 'marker']
    parameters.append(('marker', items[-1]['id']))
    return [{'rel': 'next', 'href': f'{req.path_url}?{urllib.parse.urlencode(parameters)}'}]


def sort(req, kind: Kind) -> list[tuple[str, str]]:
    """The keys of the backend with their directions, by `sort` or by `sort_key` and `sort_dir`."""
    if 'sort' in req.GET:
        if 'sort_key' in req.GET or 'sort_dir' in req.GET:
            raise exception.InvalidInput(
                reason='The "sort_key" and "sort_dir" parameters are deprecated and cannot be used '
                       'with the "sort" parameter.')
        items = [item.strip().partition(':') for item in req.GET['sort'].split(',')]
        wanted = [(key.strip(), direction.strip() or 'desc') for key, _, direction in items]
    elif 'sort_key' in req.GET or 'sort_dir' in req.GET:
        wanted = [(req.GET.get('sort_key', 'created_at').strip(),
                   req.GET.get('sort_dir', 'desc').strip())]
    else:
        return []
    # In Cinder the name has this name only for who sorts by it.
    wanted = [('name' if key == 'display_name' else key, direction) for key, direction in wanted]
    for key, direction in wanted:
        if key not in kind.sort_keys:
            raise exception.InvalidInput(reason=f'Invalid sort key: {key}')
        if direction not in ('asc', 'desc'):
            raise exception.InvalidInput(
                reason="Unknown sort direction, must be 'desc' or 'asc'.")
    # The backend puts equal ones into an order itself, and no uuid has an equal.
    return [(kind.keys[key], direction) for key, direction in wanted]


def filters(req, kind: Kind) -> list[tuple]:
    """The query as filters of the backend."""
    found, unknown = [], []
    for name, value in req.GET.items():
        if name in _OTHERS or (name == 'project_id' and not req.context.is_admin):
            continue
        key = name.removesuffix('~')
        if key != name and key in kind.texts and microversions.at_least(req, '3.31'):
            found.append((kind.keys[key], 'like', value))
        elif name in kind.times and microversions.at_least(req, '3.60'):
            found += [(name, *_time(name, item)) for item in value.split(',')]
        elif name in ('metadata', *kind.keys) and name not in kind.times:
            found.append(_filter(kind, name, value))
        else:
            unknown.append(name)
    if unknown and microversions.at_least(req, '3.31'):
        raise exception.InvalidInput(
            reason=f'Invalid filters {",".join(sorted(unknown))} are found in query options.')
    return found


def _filter(kind: Kind, name: str, value: str) -> tuple:
    if name == 'metadata':
        return name, '=', _items(value)
    key = kind.keys[name]
    if name in kind.booleans:
        try:
            return key, '=', strutils.bool_from_string(value, strict=True)
        except ValueError as error:
            raise exception.InvalidInput(reason=str(error)) from None
    if name in kind.integers:
        # No volume has a size that is no number.
        return key, '=', int(value) if value.isdecimal() and len(value) < 10 else -1
    return key, '=', value


def _items(text: str) -> dict[str, str]:
    """A dict, as Python writes it: that is how clients send one."""
    try:
        items = ast.literal_eval(text)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        items = None
    if not isinstance(items, dict):
        raise exception.InvalidInput(reason=f'Could not evaluate value {text}, assuming string')
    return {str(key): str(value) for key, value in items.items()}


def _time(name: str, text: str) -> tuple:
    operator, _, time = text.partition(':')
    if operator not in _OPERATORS:
        operator, time = 'eq', text
    try:
        return operator, timeutils.normalize_time(timeutils.parse_isotime(time))
    except (ValueError, OverflowError):
        raise exception.InvalidInput(reason=f'Invalid value for {name}: {text}.') from None


def _is_true(value: str) -> bool:
    return strutils.bool_from_string(value)
