"""The operations that the loaded routes lead to, by the names that the tables of tests use.

    GET /servers/{id}
    POST /servers/{id}/action pause
    POST /os-keypairs from 2.2          where a later microversion has a method of its own
"""

import re

from minova.api.openstack.compute import APIRouterV21
from minova.api.openstack.versioned_method import BoundVersionedMethods

_FIRST = "2.1"


def loaded(router: APIRouterV21) -> set[str]:
    """The names of all operations of `router`; a route to a method that is not there is none."""
    names = set()
    for route in router.map.matchlist:
        path = re.sub(r":\((\w+)\)", r"{\1}", route.routepath)  # Routes writes both
        if path.strip("/") == "":
            continue    # the version document at the root, where clients log in
        path = "/" + path.removesuffix(".{format}").strip("/").removeprefix("{project_id}/")
        for verb in (route.conditions or {}).get("method") or ():
            for action, method in _methods(route.defaults["controller"], route.defaults["action"]):
                for version in _versions(method):
                    names.add(f"{verb} {path}" + (f" {action}" if action else "") +
                              (f" from {version}" if version != _FIRST else ""))
    return names


def _methods(resource, name: str):
    """(action or None, method) of everything that a route to `name` may call."""
    own = getattr(resource.controller, name, None)
    if own is not None:
        yield None, own
    elif name == "action":
        for action, method in resource.wsgi_actions.items():
            if action not in ("create", "delete", "update"):
                yield action, method
    elif name in resource.wsgi_actions:
        yield None, resource.wsgi_actions[name]


def _versions(method) -> list[str]:
    """The first microversions of its implementations."""
    if isinstance(method, BoundVersionedMethods):
        return [one.start_version.get_string() for one in method.versions.methods]
    return [_FIRST]
