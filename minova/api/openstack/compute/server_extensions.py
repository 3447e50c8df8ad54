"""The hooks by which extensions take part in creating, rebuilding, resizing and updating a server.

A hook is an object named in the namespace `minova.api.v21.extensions.server.<operation>`, with

    get_server_<operation>_schema() -> {property: JSON schema}       added to the request's schema,
        or, if the hook has `beside_server = True`, to the top of the body
    server_create(server, create_kwargs, body)
    server_rebuild(rebuild_dict, rebuild_kwargs)
    server_resize(resize_dict, resize_kwargs)
    server_update(server, update_kwargs)                             turn the request into arguments
"""

import copy
import functools

from minova.api.openstack import extensions

#: The schemas that hooks add to, by operation.
_schemas: dict[str, list['extended_schema']] = {}


@functools.lru_cache(maxsize=None)
def load(operation: str) -> tuple:
    """The hooks into `operation`, in the order of their names.

    One that is broken, or wants a property that another one has, is refused.
    """
    manager = extensions.Manager(
        f'{extensions.API_EXTENSION_NAMESPACE}.server.{operation}',
        lambda ext: extensions.is_enabled(getattr(ext.obj, 'alias', ext.name)))
    found, taken = [], _reserved(operation)
    for ext in manager.extensions:
        try:
            _check(operation, ext.obj, taken)
        except Exception as error:
            extensions.refuse(ext.entry_point, error)
        else:
            found.append(ext)
    return tuple(ext.obj for ext in sorted(found, key=lambda ext: ext.name))


def _reserved(operation: str) -> dict[tuple[bool, str], str]:
    """Who has which property, by (whether it stands beside the server, its name)."""
    taken = {}
    for schema in _schemas.get(operation, ()):
        target = schema.target(schema)
        taken |= {(target is place, name): 'the request' for place in (schema, target)
                  for name in place['properties']}
    return taken


def _check(operation: str, hook, taken: dict) -> None:
    for method in (f'server_{operation}', f'get_server_{operation}_schema'):
        if not callable(getattr(hook, method, None)):
            raise ValueError(f'it has no method {method}')
    within = not getattr(hook, 'beside_server', False)
    for name in getattr(hook, f'get_server_{operation}_schema')():
        owner = taken.setdefault((within, name), type(hook).__qualname__)
        if owner != type(hook).__qualname__:
            raise ValueError(f'the property {name} is that of {owner}')


class extended_schema(dict):
    """A request's schema with the properties of the hooks, put together when it is first needed.

    `path` leads from the top of the schema to the object that the properties are added to.
    """

    def __init__(self, operation: str, base: dict, path: tuple[str, ...] = ('server',)):
        super().__init__(copy.deepcopy(base))
        self.operation = operation
        self.path = path
        _schemas.setdefault(operation, []).append(self)

    def target(self, schema: dict) -> dict:
        """The part of `schema`, which is this one or a copy, that the properties are added to."""
        for name in self.path:
            schema = schema['properties'][name]
        return schema

    def complete(self) -> dict:
        """The schema with everything in it."""
        schema = copy.deepcopy(dict(self))
        target = self.target(schema)
        for extension in load(self.operation):
            place = schema if getattr(extension, 'beside_server', False) else target
            place['properties'].update(
                getattr(extension, f'get_server_{self.operation}_schema')())
        return schema
