"""Every operation of a neighbour's API, to be tried on somebody else's things.

A test says whose things there are and what each operation takes; one that comes to the API later is missing
there, and fails the test.
"""

import re
from collections.abc import Iterator

from minova.api import rest


def operations(service: type[rest.Service]) -> list[tuple[str, str]]:
    """(method, path) of each."""
    return sorted({(route.method, route.path) for controller in service.controllers
                   for name in dir(controller)
                   for route in getattr(getattr(controller, name), "rest_routes", ())})


def lists(service: type[rest.Service]) -> list[str]:
    """The paths that are asked for without naming a thing."""
    return [path for method, path in operations(service) if method == "GET" and "{" not in path]


def attempts(service: type[rest.Service], things: dict[str, str], others: dict[str, str], bodies: dict,
             nobodys: set[str] = frozenset()) -> Iterator[tuple[str, str, object]]:
    """(method, path, body) of all requests about the things.

    :param things: {first part of a path: id of the thing}
    :param others: {further variable of a path: its value}
    :param bodies: {"METHOD path": [bodies]} of what is not GET or DELETE
    :param nobodys: first parts of paths of what belongs to no project
    """
    for method, path in operations(service):
        variables, first = re.findall(r"{(\w+)}", path), path.split("/")[1] if path else ""
        if not variables or first in nobodys:
            continue
        values = {variables[0]: things[first], **{name: others[name] for name in variables[1:]}}
        for body in [None] if method in ("GET", "DELETE") else bodies[f"{method} {path}"]:
            yield method, path.format(**values), body
