"""What a list of servers is searched by, in terms of the columns."""

import re

from minova import exception, jsonutils
from minova.db import instances as db

# Nova compares these with the whole value; all others are regular expressions.
_EXACT = frozenset({'project_id', 'user_id', 'image_ref', 'vm_state', 'task_state', 'uuid', 'host'})
_ALIASES = {'image': 'image_ref', 'name': 'display_name', 'tenant_id': 'project_id'}
_WHOLE = re.compile(r'\^((?:[^\\.^$*+?{}\[\]|()]|\\[^A-Za-z0-9\n])*)\$')
_ESCAPE = re.compile(r'\\(.)')
# Addresses: which version, and what the value is as a regular expression.
_ADDRESSES = {'ip': (4, '{}'), 'ip6': (6, '{}'), 'fixed_ip': (4, '^{}$')}
# JSON objects whose keys and values the server must have.
_JSON = frozenset({'metadata', 'system_metadata'})


def page(search_opts: dict, sort_keys: list[str], sort_dirs: list[str], limit: int | None,
         marker: str | None, flavor_id: int | None = None) -> list[dict]:
    """The servers that a search finds, of the flavor if one is given; see contract.API.get_all.

    Who asks for none gets none, whatever else is wrong; of several mistakes Nova tells that of the
    directions first, then the marker, then the keys.
    """
    exact = {} if flavor_id is None else {'flavor_id': flavor_id}
    patterns, addresses, holding = {}, {}, []
    for option, value in search_opts.items():
        column = _ALIASES.get(option, option)
        if option in _ADDRESSES:
            version, form = _ADDRESSES[option]
            if option == 'fixed_ip':
                value = str(value).replace('.', '\\.')
            addresses[version] = _regular_expression(form.format(value))
        elif option in _JSON:
            try:
                wanted = jsonutils.loads(value)
            except ValueError:
                return []       # nothing is like that
            holding += _pairs(option, wanted)
        elif column not in db.SEARCHABLE:
            continue
        elif column in _EXACT or isinstance(value, (list, tuple, set)):
            exact[column] = value
        elif column == 'display_name' and (name := _whole(str(value))) is not None:
            exact[column] = name
        else:
            patterns[column] = _regular_expression(str(value))
    if limit == 0:
        return []
    keys = _sorted_by(sort_keys, sort_dirs)
    if not db.SORTABLE.issuperset(key for key, _ in keys):
        if marker is not None and db.get(marker, deleted=True) is None:
            raise exception.MarkerNotFound(marker=marker)
        raise exception.InvalidSortKey()
    found = db.get_page(
        exact, patterns, addresses=addresses, holding=holding,
        changes_since=search_opts.get('changes-since'), deleted=search_opts.get('deleted'),
        sort_keys=keys, limit=limit, marker=marker)
    if found is None:
        raise exception.MarkerNotFound(marker=marker)
    return found


def _pairs(column: str, wanted) -> list[tuple[str, str, str]]:
    """(column, key, value) of the object `wanted`, or of a list of such objects."""
    objects = wanted if isinstance(wanted, list) else [wanted]
    if not all(isinstance(o, dict) for o in objects):
        raise exception.InvalidInput(reason=f'{column} must be an object')
    return [(column, key, str(value)) for o in objects for key, value in o.items()]


def _whole(pattern: str) -> str | None:
    """The only text that `pattern` matches, if it says so: '^web-1$', with what is special escaped.

    That is how clients look for one server by its name, which then is found by an index. (A name does not
    end in a newline, which $ would pass over.)
    """
    found = _WHOLE.fullmatch(pattern)
    return _ESCAPE.sub(r'\1', found[1]) if found else None


def _regular_expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as e:
        raise exception.InvalidInput(
            reason=f'{text!r} is no regular expression: {e}') from None
    return text


def _sorted_by(keys: list[str], dirs: list[str]) -> list[tuple[str, str]]:
    """(key, direction) pairs: a missing direction, and that of the id, is the first one, as in Nova.

    Raises InvalidInput for directions; the keys are as the client wrote them.
    """
    keys = keys or ['created_at']
    for direction in dirs:
        if direction not in ('asc', 'desc'):
            raise exception.InvalidInput(
                reason="Unknown sort direction, must be 'desc' or 'asc'")
    if len(dirs) > len(keys):
        raise exception.InvalidInput(reason='Sort direction size exceeds sort key size')
    default = dirs[0] if dirs else 'desc'
    dirs = list(dirs) + [default] * (len(keys) - len(dirs))
    pairs = list(zip(keys, dirs, strict=True))
    return pairs if 'id' in keys else [*pairs, ('id', default)]
