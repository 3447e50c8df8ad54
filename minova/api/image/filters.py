"""The query of a list of images: what it says, in the terms of minova.image."""

import dataclasses

import webob.exc
from oslo_utils import timeutils

from minova.api.image import common
from minova.conf import CONF
from minova.image.contract import MEMBER_STATUSES, SORT_KEYS, VISIBILITIES

_TEXTS = ('id', 'name', 'status', 'owner', 'checksum', 'container_format', 'disk_format', 'os_hash_value')
#: Those that may be several: in:this,that
_ANY_OF = frozenset(('id', 'name', 'status', 'container_format', 'disk_format'))
_OPERATORS = ('eq', 'neq', 'gt', 'gte', 'lt', 'lte')
_OF_PAGE = frozenset(('limit', 'marker', 'sort', 'sort_key', 'sort_dir'))


@dataclasses.dataclass
class Query:
    filters: dict
    limit: int
    marker: str | None
    sort: list[tuple[str, str]]


def parse(params: dict[str, list[str]]) -> Query:
    """:param params: the names of the query with their values
    :raises webob.exc.HTTPBadRequest: it makes no sense
    """
    last = {name: values[-1] for name, values in params.items()}
    return Query(_filters(params, last), _limit(last.get('limit')), last.get('marker'), _sort(params, last))


def _filters(params: dict[str, list[str]], last: dict[str, str]) -> dict:
    filters = {'tags': [tag.strip() for tag in params.get('tag', ())], 'compare': [],
               'hidden': _boolean('os_hidden', last.get('os_hidden', 'false').lower())}
    for name, value in last.items():
        if name in _OF_PAGE or name in ('tag', 'os_hidden'):
            continue
        if name in _TEXTS:
            filters[common.key(name)] = _any_of(value) if name in _ANY_OF else value
        elif name == 'visibility':
            filters[name] = _one_of(value, (*VISIBILITIES, 'all'), 'Invalid visibility value: %s')
        elif name == 'member_status':
            filters[name] = _one_of(value, (*MEMBER_STATUSES, 'all'), 'Invalid status: %s')
        elif name == 'protected':
            filters[name] = _boolean(name, value)
        elif name in ('size_min', 'size_max'):
            filters['compare'].append(('size', 'gte' if name == 'size_min' else 'lte', _number(value)))
        elif name in ('min_ram', 'min_disk'):
            filters[name] = _number(value)
        elif name in ('created_at', 'updated_at'):
            filters['compare'].append((name, *_time(value)))
        elif name == 'changes-since':
            raise _bad('The "changes-since" filter is no longer available on v2.')
        else:
            filters[f'property-{name}'] = value
    return filters


def _limit(value: str | None) -> int:
    if value is None:
        return min(CONF.image.limit_param_default, CONF.image.api_limit_max)
    try:
        limit = int(value)
    except ValueError:
        raise _bad('limit param must be an integer') from None
    if limit < 0:
        raise _bad('limit param must be positive')
    return min(limit, CONF.image.api_limit_max)


def _sort(params: dict[str, list[str]], last: dict[str, str]) -> list[tuple[str, str]]:
    """From sort=name:asc,size:desc, or from sort_key and sort_dir, each of which may be there again and
    again."""
    if 'sort' in last:
        if 'sort_key' in last or 'sort_dir' in last:
            raise _bad('Old and new sorting syntax cannot be combined')
        pairs = [part.partition(':') for part in last['sort'].strip().split(',')]
        keys = [key.strip() for key, _, _ in pairs]
        directions = [direction.strip() or 'desc' for _, _, direction in pairs]
    else:
        keys = [key.strip() for key in params.get('sort_key', ())] or ['created_at']
        directions = [direction.strip() for direction in params.get('sort_dir', ())] or ['desc']
        if len(directions) == 1:
            directions *= len(keys)
        if len(directions) != len(keys):
            raise _bad('Number of sort dirs does not match the number of sort keys')
    for key in keys:
        if key not in SORT_KEYS:
            raise _bad(f'Invalid sort key: {key}. It must be one of the following: {", ".join(SORT_KEYS)}.')
    for direction in directions:
        _one_of(direction, ('asc', 'desc'), 'Invalid sort direction: %s')
    return list(zip(keys, directions, strict=True))


def _any_of(value: str) -> str | list[str]:
    operator, colon, values = value.partition(':')
    if colon and operator == 'in':
        return [each.strip().strip('"') for each in values.split(',')]
    return value


def _boolean(name: str, value: str) -> bool:
    return _one_of(value, ('true', 'false'), f"Invalid value '%s' for '{name}' filter. "
                                             "Valid values are 'true' or 'false'.") == 'true'


def _number(value: str) -> int:
    try:
        number = int(value)
    except ValueError:
        number = -1
    if not 0 <= number < 2 ** 63:
        raise _bad('Unable to filter using the specified range.')
    return number


def _time(value: str) -> tuple[str, object]:
    """(operator, time) of something like gt:2015-10-15T00:00:00Z."""
    operator, colon, time = value.partition(':')
    if not colon or operator[:1].isdigit():
        operator, time = 'eq', value
    if operator not in _OPERATORS:
        raise _bad(f"Unable to filter by unknown operator '{operator}'.")
    try:
        return operator, timeutils.normalize_time(timeutils.parse_isotime(time))
    except (ValueError, OverflowError):
        raise _bad(f'Invalid time: {time}') from None


def _one_of(value: str, allowed: tuple[str, ...], message: str) -> str:
    if value not in allowed:
        raise _bad(message % value)
    return value


def _bad(explanation: str) -> webob.exc.HTTPBadRequest:
    return webob.exc.HTTPBadRequest(explanation=explanation)
