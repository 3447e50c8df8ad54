"""What a list of servers is searched by, in terms of the columns."""

import re

from minova import exception
from minova.db import instances as db

# Nova compares these with the whole value; all others are regular expressions.
_EXACT = frozenset({'project_id', 'user_id', 'image_ref', 'vm_state', 'task_state', 'uuid', 'host',
                    'flavor_id'})
_ALIASES = {'image': 'image_ref', 'name': 'display_name', 'tenant_id': 'project_id',
            'instance_uuid': 'uuid'}
_WHOLE = re.compile(r'\^((?:[^\\.^$*+?{}\[\]|()]|\\[^A-Za-z0-9\n])*)\$')
_ESCAPE = re.compile(r'\\(.)')
# Attributes that members know by another name, or that only this module knows.
_SPECIAL = frozenset({'changes-since', 'ip', 'ip6', 'all_tenants', 'deleted'})


def page(search_opts: dict, sort_keys: list[str], sort_dirs: list[str], limit: int | None,
         marker: str | None) -> list[dict]:
    """The servers that a search finds; see contract.API.get_all."""
    exact, patterns, addresses = {}, {}, {}
    for option, value in search_opts.items():
        column = _ALIASES.get(option, option)
        if option in ('ip', 'ip6'):
            addresses[4 if option == 'ip' else 6] = _regular_expression(str(value))
        elif option in _SPECIAL or column not in db.SEARCHABLE:
            continue
        elif column in _EXACT and (column != 'task_state' or not isinstance(value, str)):
            exact[column] = value
        elif isinstance(value, (list, tuple, set)):
            exact[column] = value
        elif column == 'display_name' and (name := _whole(str(value))) is not None:
            exact[column] = name
        else:
            patterns[column] = _regular_expression(str(value))
    found = db.get_page(
        exact, patterns, addresses=addresses, changes_since=search_opts.get('changes-since'),
        deleted=search_opts.get('deleted'), sort_keys=_sorted_by(sort_keys, sort_dirs),
        limit=limit, marker=marker)
    if found is None:
        raise exception.MarkerNotFound(marker=marker)
    return found


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
    """(column, direction) pairs: a missing direction is that of the first, as in Nova."""
    keys = keys or ['created_at', 'id']
    for direction in dirs:
        if direction not in ('asc', 'desc'):
            raise exception.InvalidInput(
                reason="Unknown sort direction, must be 'desc' or 'asc'")
    if len(dirs) > len(keys):
        raise exception.InvalidInput(reason='Sort direction size exceeds sort key size')
    default = dirs[0] if dirs else 'desc'
    dirs = list(dirs) + [default] * (len(keys) - len(dirs))
    columns = [_ALIASES.get(key, key) if key in ('tenant_id',) else key for key in keys]
    if not db.SORTABLE.issuperset(columns):
        raise exception.InvalidSortKey()
    return list(zip(columns, dirs, strict=True))
