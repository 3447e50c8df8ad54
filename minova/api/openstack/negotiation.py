"""What a client says in its Accept and Content-Type: how the answer is called, and which version it means."""

import re
import urllib.request
from collections.abc import Iterable

CONTENT_TYPES = ('application/json', 'application/vnd.openstack.compute+json')
# Nova names its lists of versions so for who asks; they are JSON all the same.
_FEED = 'application/atom+xml'
_QUOTED = re.compile(r'"(.*)"', re.DOTALL)


def answer_type(environ) -> str:
    """How the answer to this request is called: JSON, unless the client insists on another name."""
    accept = environ.get('HTTP_ACCEPT', '')
    # Most say nothing that needs to be looked at closely.
    if 'vnd.openstack' not in accept and 'atom' not in accept:
        return CONTENT_TYPES[0]
    if environ.get('PATH_INFO', '').endswith('.json'):
        return CONTENT_TYPES[0]
    return best_match(accept, _names(environ))[0] or CONTENT_TYPES[0]


def version(environ) -> str | None:
    """The version that is a parameter of the Content-Type, or else of what fits best in the Accept."""
    wanted = _options(environ.get('CONTENT_TYPE', ''))[1].get('version')
    if wanted is None and 'version' in environ.get('HTTP_ACCEPT', ''):
        wanted = best_match(environ['HTTP_ACCEPT'], _names(environ))[1].get('version')
    return wanted


def best_match(accept: str, names: Iterable[str]) -> tuple[str | None, dict[str, str]]:
    """(the name of `names` that fits best, the parameters that the client gave it)."""
    accepted = [_options(value) for value in urllib.request.parse_http_list(accept)]
    best, found, found_mask = -1.0, (None, {}), '*/*'
    for name in names:
        for mask, parameters in accepted:
            try:
                quality = float(parameters.get('q', 1))
            except ValueError:
                continue
            # Of what is as good the more exact one is taken, and of these the first.
            better = quality > best or (
                quality == best and mask.count('*') < found_mask.count('*'))
            if better and _fits(mask, name):
                best, found, found_mask = quality, (name, parameters), mask
    return found


def _names(environ) -> tuple[str, ...]:
    return (*CONTENT_TYPES, _FEED) if environ.get('PATH_INFO') == '/' else CONTENT_TYPES


def _fits(mask: str, name: str) -> bool:
    if '*' not in mask:
        return mask == name
    return mask == '*/*' or mask[:-2] == name.partition('/')[0]


def _options(value: str) -> tuple[str, dict[str, str]]:
    """A header's value and its parameters: 'a/b; c=d' is ('a/b', {'c': 'd'})."""
    name, *options = value.split(';')
    parameters = {}
    for option in options:
        key, _, text = option.partition('=')
        parameters[key.strip()] = _QUOTED.sub(r'\1', text.strip())
    return name.strip(), parameters
