"""What the loaded API consists of, for people: every route with all that is behind it.

Nothing here is looked at while requests are served. Policy rules are read off the source of the controller
methods (see `rules`), because only that says which are asked, and in which order.
"""

import inspect
import types
from collections.abc import Iterator

from minova import policy
from minova.api.openstack import api_version_request, packages
from minova.api.openstack.registry import readable
from minova.api.openstack.rules import RuleFinder
from minova.api.openstack.versioned_method import BoundVersionedMethods

_PROJECT = '/{project_id}'
# What an extension may bring to a collection without being POSTed to /action; see wsgi.Resource.
_WRITES = ('create', 'delete', 'update')


def describe_routes(router) -> list[dict]:
    """One dict per path, method, action and range of versions that the APIRouterV21 answers.

    path        without the format, and without the project where that may be left out
    method      of HTTP
    controller  the name of the class, and of the module that it is in: 'module:Class'
    action      the controller's method that the route names; for /action the key of the body
    function    the name of the method that is called
    versions    '2.2-2.9', '2.10-' or '2.1-'
    policy      names of the rules that the method asks, in order; some only under conditions
    schema      names of the schemas that the body is checked by, as 'module.name'
    extension   the alias of the one that brings it, and `package`, from which that comes
    extended_by [{'extension', 'package', 'policy'}] of those that add to the answer
    """
    finder = RuleFinder(policy.init().registered_rules)
    rows = []
    for path, method, route in _routes(router):
        resource, action = route.defaults['controller'], route.defaults['action']
        for name, function, extension in _handlers(router, route, resource, action):
            for versions, implementation in _implementations(function):
                controller = _controller(implementation)
                rows.append({
                    'path': path, 'method': method,
                    'controller': controller.__name__, 'module': controller.__module__,
                    'action': name, 'function': inspect.unwrap(implementation).__name__,
                    'versions': versions,
                    'policy': finder.of(implementation, controller),
                    'schema': _schemas(implementation, controller),
                    'extension': extension.alias, 'package': _package(extension),
                    'extended_by': _extended_by(router, resource, action, name, finder)})
    return rows


def _routes(router) -> Iterator[tuple[str, str, object]]:
    """(path, method, route), sorted by the first two; where the project is optional, without."""
    found = {}
    for route in router.map.matchlist:
        path = '/' + readable(route.routepath).lstrip('/')
        if not path.endswith('.{format}'):
            for method in (route.conditions or {}).get('method') or ('ANY',):
                found.setdefault((path, method), route)
    for (path, method), route in sorted(found.items(), key=lambda item: item[0]):
        if not path.startswith(_PROJECT) or (path.removeprefix(_PROJECT), method) not in found:
            yield path, method, route


def _handlers(router, route, resource, action: str) -> Iterator[tuple]:
    """(action, method of a controller, extension) for what the route leads to, if to anything."""
    owner, own = router.registry.owners[route], resource.controller
    if action == 'action' and not hasattr(own, 'action'):
        for name in sorted(set(resource.wsgi_actions) - set(_WRITES)):
            yield name, resource.wsgi_actions[name], router.registry.actions[resource, name]
    elif hasattr(own, action) and not action.startswith('_'):
        yield action, getattr(own, action), owner
    elif action in _WRITES and action in resource.wsgi_actions:
        yield action, resource.wsgi_actions[action], router.registry.actions[resource, action]


def _implementations(method) -> Iterator[tuple[str, types.MethodType]]:
    if isinstance(method, BoundVersionedMethods):
        for version in method.versions.methods:
            yield (f'{version.start_version}-{version.end_version or ""}',
                   version.func.__get__(method.controller))
    else:
        yield f'{api_version_request.MIN_API_VERSION}-', method


def _controller(method) -> type:
    return type(method.__self__)


def _package(extension) -> str:
    return packages.of_module(type(extension).__module__)


def _extended_by(router, resource, action: str, name: str, finder: RuleFinder) -> list[dict]:
    """Who adds to the answer of that method, or of that action."""
    found = []
    for extension, controller in router.registry.extending.get(resource, ()):
        for (method, act), attribute in controller.wsgi_attributes('wsgi_extends'):
            if act == name if action == 'action' else (act or method) == action:
                rules = []
                for _versions, function in _implementations(getattr(controller, attribute)):
                    rules += finder.of(function, type(controller))
                found.append({'extension': extension.alias, 'package': _package(extension),
                              'policy': list(dict.fromkeys(rules))})
    return found


def _schemas(function, controller: type) -> list[str]:
    """The names of the schemas of a method, in the order of their versions."""
    namespace = inspect.unwrap(function).__globals__
    places = [controller, *(v for v in namespace.values() if isinstance(v, types.ModuleType))]
    names = []
    for schema, _first, _last in getattr(function, 'request_body_schemas', ()):
        for place in places:
            name = next((n for n, v in vars(place).items() if v is schema), None)
            if name is not None:
                where = place.__name__ if isinstance(place, types.ModuleType) else (
                    f'{place.__module__}.{place.__qualname__}')
                names.append(f'{where}.{name}')
                break
        else:
            names.append(f'{namespace["__name__"]}.{function.__name__} (unnamed)')
    return names
