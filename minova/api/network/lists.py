"""The query of a list, and how things look."""

import urllib.parse

import webob.exc

from minova.api import rest
from minova.api.network.nouns import Noun
from minova.network.contract import Query

_PAGING = frozenset({'limit', 'marker', 'page_reverse', 'sort_key', 'sort_dir', 'fields'})


def query(req: rest.Request, noun: Noun) -> Query:
    """What is asked of a list. Raises HTTPBadRequest."""
    asked = req.query
    filters = {}
    for name, values in asked.items():
        name = 'project_id' if name == 'tenant_id' else name
        if name in _PAGING:
            continue
        attribute = noun.attributes.get(name)
        if attribute is None or not attribute.searched or (
                attribute.hidden and not req.context.is_admin):
            raise webob.exc.HTTPBadRequest(
                explanation=f"['{name}'] is invalid attribute for filtering")
        filters[name] = values
    return Query(filters=filters, sorts=_sorts(asked, noun), limit=_limit(asked),
                 marker=(asked.get('marker') or [None])[0],
                 reverse=(asked.get('page_reverse') or [''])[0].lower() == 'true')


def _sorts(asked: dict, noun: Noun) -> list[tuple[str, str]]:
    keys = ['project_id' if key == 'tenant_id' else key for key in asked.get('sort_key', [])]
    ways = asked.get('sort_dir', [])
    if ways and len(ways) != len(keys):
        raise webob.exc.HTTPBadRequest(
            explanation='The number of sort_keys and sort_dirs must be same')
    for key in keys:
        if key not in noun.attributes:
            raise webob.exc.HTTPBadRequest(
                explanation=f"['{key}'] is invalid attribute for sort_key")
    for way in ways:
        if way not in ('asc', 'desc'):
            raise webob.exc.HTTPBadRequest(
                explanation=f"'{way}' is invalid value for sort_dirs, valid value is 'asc' and 'desc'")
    return list(zip(keys, ways or ['asc'] * len(keys), strict=True))


def _limit(asked: dict) -> int | None:
    text = (asked.get('limit') or ['0'])[0]
    if not (text.isascii() and text.isdigit()):
        raise webob.exc.HTTPBadRequest(explanation=f"Limit must be an integer 0 or greater and not '{text}'")
    return min(int(text), 2 ** 31 - 1) or None


def links(req: rest.Request, noun: Noun, asked: Query, things: list[dict]) -> dict:
    """Where the pages before and after this one are, of a list that is cut: {'networks_links': [...]}."""
    if asked.limit is None or not things:
        return {}
    full = len(things) >= asked.limit
    found = []
    if full or asked.reverse:
        found.append({'rel': 'next', 'href': _href(req, things[-1]['id'], False)})
    if asked.marker and (full or not asked.reverse):
        found.append({'rel': 'previous', 'href': _href(req, things[0]['id'], True)})
    return {f'{noun.plural}_links': found} if found else {}


def _href(req: rest.Request, marker: str, reverse: bool) -> str:
    pairs = [(name, value) for name, values in req.query.items() for value in values
             if name not in ('marker', 'page_reverse')]
    pairs.append(('marker', marker))
    if reverse:
        pairs.append(('page_reverse', 'True'))
    return f'{req.path_url}?{urllib.parse.urlencode(pairs)}'


def view(req: rest.Request, noun: Noun, thing: dict) -> dict:
    """The thing as the context sees it, with the attributes that `fields` names."""
    fields = set(req.query.get('fields', ())) - {''}
    is_admin = req.context.is_admin
    seen = {'tenant_id': thing['project_id']}
    for name, value in thing.items():
        attribute = noun.attributes.get(name)
        if attribute is None or is_admin or not attribute.hidden:
            seen[name] = time(value) if name in ('created_at', 'updated_at') else value
    for rule in seen.get('security_group_rules', ()):
        rule |= {'tenant_id': rule['project_id'], 'created_at': time(rule['created_at']),
                 'updated_at': time(rule['updated_at'])}
    return {name: value for name, value in seen.items() if name in fields} if fields else seen


def time(value) -> str:
    return value.strftime('%Y-%m-%dT%H:%M:%SZ')
