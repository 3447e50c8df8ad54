"""What the loaded extensions bring: resources, routes, actions, and whose each of them is.

An extension is taken in whole or not at all: what does not fit raises ValueError, which says why,
and `remove` takes back what was in by then.
"""

import re
from collections.abc import Iterator

from minova import policy
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.mapper import ProjectMapper

#: Routes connects these for every resource; a request for one that the controller lacks is a 404.
_STANDARD = frozenset({'create', 'delete', 'edit', 'index', 'new', 'show', 'update'})
_VARIABLE = re.compile(r':\([^)]*\)|:\w+|\{[^}]*\}')


def shape(path: str) -> str:
    """`path` without the names of its variables: two routes of one shape are the same route."""
    return _VARIABLE.sub('{}', path)


class Registry:
    """Resources by collection, all routes, and the extension that each part comes from."""

    def __init__(self, mapper: ProjectMapper):
        self.mapper = mapper
        #: By collection, and by `parent/collection` where there is a parent.
        self.resources: dict[str, wsgi.Resource] = {}
        #: The extension of each resource, and of each route.
        self.owners: dict[object, extensions.V21APIExtensionBase] = {}
        #: The extension of each action of a resource.
        self.actions: dict[tuple[wsgi.Resource, str], extensions.V21APIExtensionBase] = {}
        #: Controllers that extend a resource, with their extensions.
        self.extending: dict[wsgi.Resource, list[tuple]] = {}
        #: Extensions that the configuration leaves out.
        self.switched_off: list[extensions.V21APIExtensionBase] = []
        self._asked: dict[object, list[extensions.ControllerExtension]] = {}
        self._shapes: dict[tuple[str, str], object] = {}

    # ---- resources and their routes

    def add_resources(self, extension) -> None:
        """Connect the resources of `extension`, and declare its policy rules."""
        for resource in extension.get_resources():
            self._add_resource(extension, resource)
        policy.register(extension.get_policies())

    def _add_resource(self, extension, resource: extensions.ResourceExtension) -> None:
        inherits = self.resources.get(resource.inherits) if resource.inherits else None
        wsgi_resource = wsgi.Resource(resource.controller, inherits=inherits)
        self.owners[wsgi_resource] = extension
        names = [resource.collection]
        options = {'controller': wsgi_resource, 'collection': resource.collection_actions,
                   'member': resource.member_actions}
        if resource.parent:
            options['parent_resource'] = resource.parent
            names.append(f"{resource.parent['collection_name']}/{resource.collection}")
        for name in names:
            self.resources.setdefault(name, wsgi_resource)
        for name in wsgi_resource.wsgi_actions:
            self.actions[wsgi_resource, name] = extension
        before = len(self.mapper.matchlist)
        self.mapper.resource(resource.member_name, resource.collection,
                             project_only=resource.project_only, **options)
        if resource.custom_routes_fn:
            resource.custom_routes_fn(self.mapper, wsgi_resource)
        for route in self.mapper.matchlist[before:]:
            self.owners[route] = extension
        for route in self.mapper.matchlist[before:]:
            self._check_route(extension, route)

    def _check_route(self, extension, route) -> None:
        action, resource = route.defaults.get('action'), route.defaults.get('controller')
        if not isinstance(resource, wsgi.Resource):
            raise ValueError(f'its route {route.routepath} leads to no resource')
        controller = resource.controller
        if action not in _STANDARD and action != 'action' and not hasattr(controller, action):
            raise ValueError(f'{type(controller).__qualname__} has no method {action}, which '
                             f'the route {readable(route.routepath)} leads to')
        for method in (route.conditions or {}).get('method') or ('ANY',):
            other = self._shapes.setdefault((method, shape(route.routepath)), extension)
            if other is not extension:
                raise ValueError(f'its route {method} {readable(route.routepath)} is that of '
                                 f'{extensions.describe(other)}')

    # ---- what extends them

    def add_actions(self, extension) -> None:
        """Note down the actions that `extension` brings to collections; each has one owner."""
        for target, controller in self._extended(extension):
            for name, _method in controller.wsgi_attributes('wsgi_action'):
                other = self.actions.setdefault((target, name), extension)
                if other is not extension:
                    raise ValueError(f'its action {name} is that of {extensions.describe(other)}')

    def check_controllers(self, extension) -> None:
        """Whether all that the controllers of `extension` extend is there.

        What an extension would bring that is switched off counts as there. Called again when an extension
        was refused: others may have extended what it brought.
        """
        for extended in self._controllers(extension):
            if extended.collection not in self.resources and not any(
                    extended.collection == r.collection
                    for other in self.switched_off for r in other.get_resources()):
                raise ValueError(f'it extends the collection {extended.collection}, which there is not')
        for target, controller in self._extended(extension):
            for (method, act), name in controller.wsgi_attributes('wsgi_extends'):
                self._check_extends(target, f'{type(controller).__qualname__}.{name}', method, act)

    def _check_extends(self, target: wsgi.Resource, who: str, method: str, action: str | None) -> None:
        own = target.controller
        if not action and not hasattr(own, method):
            raise ValueError(f'{who} extends {type(own).__qualname__}.{method}, which there is not')
        if action and (target, action) not in self.actions and not any(
                action == name for other in self.switched_off
                for extended in other.get_controller_extensions()
                for name, _method in extended.controller.wsgi_attributes('wsgi_action')):
            raise ValueError(f'{who} extends the action {action}, which there is not')

    def add_controllers(self, extension) -> None:
        """Add the actions and `extends` methods of `extension`, which fit."""
        for target, controller in self._extended(extension):
            target.register_actions(controller)
            target.register_extensions(controller)
            self.extending.setdefault(target, []).append((extension, controller))

    def _controllers(self, extension) -> list[extensions.ControllerExtension]:
        """What `extension` adds to others: asked for once, since that makes the controllers."""
        if extension not in self._asked:
            self._asked[extension] = list(extension.get_controller_extensions())
        return self._asked[extension]

    def _extended(self, extension) -> Iterator[tuple[wsgi.Resource, wsgi.Controller]]:
        """(resource, controller that adds to it), also for the resources that inherit from that one."""
        for extended in self._controllers(extension):
            resource = self.resources.get(extended.collection)
            if resource is not None:
                heirs = [r for r in self.resources.values() if r.inherits is resource]
                for target in dict.fromkeys([resource, *heirs]):
                    yield target, extended.controller

    # ---- taking back

    def remove(self, extension) -> None:
        """Forget everything that `extension` has brought."""
        routes = [r for r in self.mapper.matchlist if self.owners.get(r) is not extension]
        if len(routes) != len(self.mapper.matchlist):
            self.mapper.replace_routes(routes)
        for name in [n for n, r in self.resources.items() if self.owners.get(r) is extension]:
            del self.resources[name]
        for name in ('owners', 'actions', '_shapes'):
            setattr(self, name, _without(getattr(self, name), lambda _k, owner: owner is extension))


def _without(mapping: dict, unwanted) -> dict:
    return {key: value for key, value in mapping.items() if not unwanted(key, value)}


def readable(path: str) -> str:
    """The path of a route as people write it: /{project_id}/servers/{id}."""
    return re.sub(r':\((\w+)\)|:(\w+)', lambda m: f'{{{m.group(1) or m.group(2)}}}', path)
