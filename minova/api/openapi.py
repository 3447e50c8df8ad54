"""The API as an OpenAPI 3.1 document, made from what is loaded: routes, methods, schemas, policies.

What OpenAPI has no word for is under x-: microversions, actions and policy rules. The tag of an
operation is the alias of the extension that it comes from.
"""

import inspect
import re
from collections.abc import Iterator

from minova import policy, version
from minova.api.openstack import api_version_request, versioned_method
from minova.api.openstack.registry import readable, shape

_PROJECT = '/{project_id}'
_VARIABLE = re.compile(r'{(\w+)}')
#: Actions of these names are reached by methods of HTTP, not by their names.
_WRITES = ('create', 'delete', 'update')
_FAULT = {'$ref': '#/components/responses/Fault'}


def document(router) -> dict:
    """The document for an APIRouterV21."""
    rules = _Rules()
    paths: dict[str, dict] = {}
    for path, method, route in _routes(router):
        operation = _operation(router, route, method, path, rules)
        if operation is not None:
            paths.setdefault(path, {})[method.lower()] = operation
    return {
        'openapi': '3.1.0',
        'jsonSchemaDialect': 'http://json-schema.org/draft-04/schema#',
        'info': {
            'title': 'OpenStack Compute API', 'version': api_version_request.max_api_version(
                ).get_string(),
            'description': f'As served by minova {version.version_string()}.'},
        'servers': [{'url': '/v2.1'}],
        'security': [{'token': []}],
        'paths': paths,
        'components': {
            'securitySchemes': {
                'token': {'type': 'apiKey', 'in': 'header', 'name': 'X-Auth-Token'}},
            'parameters': {'microversion': {
                'name': api_version_request.HEADER, 'in': 'header', 'required': False,
                'description': 'The microversion, 2.1 without.',
                'schema': {'type': 'string', 'pattern': r'^(2\.[1-9]\d*|latest)$'}}},
            'responses': {'Fault': {
                'description': 'An error, under the name of its kind.',
                'content': {'application/json': {'schema': {'$ref': '#/components/schemas/Fault'}}},
            }},
            'schemas': {'Fault': {
                'type': 'object', 'minProperties': 1, 'maxProperties': 1,
                'additionalProperties': {
                    'type': 'object', 'required': ['code', 'message'], 'properties': {
                        'code': {'type': 'integer'}, 'message': {'type': 'string'},
                        'retryAfter': {'type': 'string'}}}}}},
    }


def _routes(router) -> Iterator[tuple[str, str, object]]:
    """(path, method, route) of every route, without the project where that can be left out."""
    found = {}
    for route in router.map.matchlist:
        path = readable(route.routepath)
        if 'format' in path or not (route.conditions or {}).get('method'):
            continue
        for method in route.conditions['method']:
            found.setdefault((path if path.startswith('/') else f'/{path}', method), route)
    for (path, method), route in sorted(found.items()):
        if not path.startswith(_PROJECT) or (path.removeprefix(_PROJECT), method) not in found:
            yield path, method, route


def _operation(router, route, method: str, path: str, rules: '_Rules') -> dict | None:
    """What `method` does there; None when nothing."""
    resource = route.defaults['controller']
    name = route.defaults['action']
    extension = router.registry.owners.get(route)
    actions = _actions(resource) if name == 'action' else {}
    if name != 'action' or not actions:
        functions = _functions(getattr(resource.controller, name, None)
                               or resource.wsgi_actions.get(name))
        if not functions:
            return None
    else:
        functions = [function for found in actions.values() for function in found]
    operation = {
        'operationId': re.sub(r'\W+', '_', f'{method.lower()}{path}').strip('_'),
        'tags': [extension.alias] if extension is not None else [],
        'parameters': [{'name': variable, 'in': 'path', 'required': True,
                        'schema': {'type': 'string'}} for variable in _VARIABLE.findall(path)]
        + [{'$ref': '#/components/parameters/microversion'}],
        'responses': _responses(functions),
        'x-policies': rules.of(method, path),
    }
    summary = inspect.getdoc(functions[0].function)
    if summary and not actions:
        operation['summary'] = summary.splitlines()[0]
    if len(functions) > 1 or functions[0].bounded:
        operation['x-microversions'] = list(dict.fromkeys(
            f.versions for f in functions if f.bounded))
    if actions:
        operation['x-actions'] = {
            action: {'microversions': [f.versions for f in found], 'success': found[0].success}
            for action, found in sorted(actions.items())}
    if method in ('POST', 'PUT'):
        body = _body(actions) if actions else _any_of(
            [schema for function in functions for schema in function.schemas])
        operation['requestBody'] = {
            'required': bool(body), 'content': {'application/json': {'schema': body}}}
    return operation


class _Function:
    """One implementation of a controller's method."""

    def __init__(self, function, start=None, end=None):
        self.function = function
        self.bounded = bool(start)
        first = start.get_string() if start else api_version_request.min_api_version().get_string()
        self.versions = f'{first} to {end.get_string() if end else "the newest"}'
        self.success = getattr(function, 'wsgi_code', 200)
        self.errors = getattr(function, 'expected_errors', ())
        self.schemas = [_schema(*entry) for entry in
                        getattr(function, 'request_body_schemas', ())]
        for schema in self.schemas if self.bounded else ():
            schema.setdefault('x-microversions', self.versions)


def _functions(member) -> list[_Function]:
    if member is None:
        return []
    if isinstance(member, versioned_method.BoundVersionedMethods):
        return [_Function(m.func, m.start_version, m.end_version)
                for m in member.versions.methods]
    return [_Function(member)]


def _actions(resource) -> dict[str, list[_Function]]:
    return {name: _functions(method) for name, method in resource.wsgi_actions.items()
            if name not in _WRITES}


def _schema(schema: dict, first: str | None, last: str | None) -> dict:
    """`schema` as it is, with the microversions that it is for."""
    whole = _portable(getattr(schema, 'complete', lambda: schema)())
    if first or last:
        whole['x-microversions'] = f'{first or "2.1"} to {last or "the newest"}'
    return whole


def _portable(schema):
    """`schema` without the patterns in the dialect of our own validators, which are renamed."""
    if isinstance(schema, (list, tuple)):
        return [_portable(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {'x-pattern' if key == 'pattern' and '[[:' in str(value) else key: _portable(value)
            for key, value in schema.items()}


def _any_of(schemas: list[dict]) -> dict:
    return schemas[0] if len(schemas) == 1 else {'anyOf': schemas} if schemas else {}


def _body(actions: dict[str, list[_Function]]) -> dict:
    """The body of /action: one key, which names the action."""
    bodies = []
    for name, functions in sorted(actions.items()):
        schemas = [schema for function in functions for schema in function.schemas]
        bodies.append({'title': name, **(_any_of(schemas) or {
            'type': 'object', 'required': [name], 'properties': {name: {}},
            'additionalProperties': False})})
    return {'oneOf': bodies}


def _responses(functions: list[_Function]) -> dict:
    responses = {str(function.success): {'description': 'Success.'} for function in functions}
    for code in sorted({code for function in functions for code in function.errors}):
        responses.setdefault(str(code), _FAULT)
    return responses | {'default': _FAULT}


class _Rules:
    """The policy rules by what they say that they are asked for."""

    def __init__(self):
        self._found: dict[tuple[str, str], list[dict]] = {}
        for rule in policy.init().registered_rules.values():
            for operation in getattr(rule, 'operations', ()):
                methods = operation['method']
                for method in [methods] if isinstance(methods, str) else methods:
                    # A rule for one action says so after the path.
                    path = operation['path'].split(' ')[0]
                    self._found.setdefault((method, shape(path)), []).append({
                        'rule': rule.name, 'default': rule.check_str,
                        'description': rule.description})

    def of(self, method: str, path: str) -> list[dict]:
        return self._found.get((method, shape(path.removeprefix(_PROJECT))), [])
