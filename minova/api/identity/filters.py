"""Filters of lists: each names an attribute and its value. Others than those of the list are passed over."""

from collections.abc import Iterable

from oslo_utils import strutils

from minova.api import rest


def matching(req: rest.Request, things: Iterable, names: Iterable[str]) -> list:
    """Those of `things` whose attributes are as the query of `req` wants them."""
    wanted = {name: values[-1] for name, values in req.query.items() if name in names}
    return [each for each in things
            if all(_is(getattr(each, name), value) for name, value in wanted.items())]


def is_set(req: rest.Request, name: str) -> bool:
    """Whether the query has `name`, and not as a word for no: `?name` alone is yes."""
    return name in req.GET and strutils.bool_from_string(req.GET[name] or 'true', default=True)


def _is(actual, wanted: str) -> bool:
    if isinstance(actual, bool):
        return actual == strutils.bool_from_string(wanted or 'true', default=True)
    return actual == wanted
