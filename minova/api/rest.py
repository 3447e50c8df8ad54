"""What the neighbours of the compute API are made of: identity, image, network and volume.

Each is one `Service`: an application of the paste file with controllers, whose methods are marked with
`route`.

    class Things(rest.Controller):

        @rest.route('GET', '/things/{thing_id}')
        def show(self, req, thing_id):
            return {'thing': ...}

A method is called with the request and the variables of its path. It returns what becomes JSON, None for an
empty answer, or a WSGI application. What it raises (minova's exceptions, webob's) leaves in the form that
`Service.fault` gives it. Microversions, extensions and actions are the compute API's, and not found here.
"""

import functools
import itertools
import logging
import re
from collections.abc import Callable

import routes
import webob
import webob.exc

from minova import exception, jsonutils, wsgi
from minova.api.openstack.faults import http_error
from minova.api.openstack.response import Answer, status_line
from minova.api.validation import validators

LOG = logging.getLogger(__name__)

# Not every database has a place for it.
_NUL = 'There is a NUL character in the request.'


def route(method: str, path: str, code: int = 200, schema: dict | None = None, public: bool = False):
    """Decorator: this method of a controller answers `method` requests for `path`.

    :param path: below the version, with {variables}; '' is the version's root
    :param code: of an answer that worked; 204 needs not be said for a method that returns None
    :param schema: JSON schema of the body, which is then `req.json`
    :param public: whether it may be asked without a token
    """
    def decorator(func):
        func.rest_routes = [*getattr(func, 'rest_routes', ()), _Route(method, path, code, schema, public)]
        return func
    return decorator


class _Route:

    def __init__(self, method: str, path: str, code: int, schema: dict | None, public: bool):
        self.method, self.path, self.code, self.public = method, path, code, public
        self._schema = schema

    @functools.cached_property
    def validator(self) -> validators.SchemaValidator | None:
        return self._schema and validators.SchemaValidator(self._schema)


class Request(webob.Request):
    """A request, with who asks."""

    @property
    def context(self):
        """The minova.context.RequestContext of the token; None where there was none."""
        return self.environ.get('nova.context')

    @functools.cached_property
    def json(self):
        """What the body says. Raises HTTPBadRequest when that is not JSON, or has a NUL in it."""
        try:
            found = jsonutils.loads(self.body)
        except (ValueError, webob.request.DisconnectionError):
            raise webob.exc.HTTPBadRequest(explanation='Malformed request body') from None
        if b'\\u0000' in self.body and _has_nul(found):
            raise webob.exc.HTTPBadRequest(explanation=_NUL)
        return found

    @functools.cached_property
    def query(self) -> dict[str, list[str]]:
        """The query: each name with its values. Raises HTTPBadRequest for what is not UTF-8."""
        try:
            return {name: self.GET.getall(name) for name in self.GET}
        except UnicodeDecodeError:
            raise webob.exc.HTTPBadRequest(explanation='The query string is not UTF-8.') from None


class Controller:
    """Base of controllers: one noun of a service."""


class Service(wsgi.Application):
    """A service: finds the method for a request, calls it, and answers what comes of it."""

    #: The classes of its controllers; each is made without arguments, once.
    controllers: tuple[type[Controller], ...] = ()

    def __init__(self):
        self._map = routes.Mapper(register=False)
        self._map.minimization = False
        # {shape: {method: (route, function)}}: Routes finds the shape of a path, in which variables have
        # numbers for names; what may be done there, and what they are called, is known then.
        self._methods: dict[str, dict[str, tuple[_Route, Callable]]] = {}
        for cls in self.controllers:
            self._take_in(cls())
        # What is said in so many words comes first: /volumes/detail before /volumes/{volume_id}.
        for shape in sorted(self._methods, key=lambda shape: shape.replace('{', '\U0010ffff')):
            self._map.connect(None, shape or '/', shape=shape,
                              requirements={name: '[^/]+' for name in _variables(shape)})
        self._map.create_regs([])

    def _take_in(self, controller: Controller) -> None:
        for name in dir(type(controller)):
            for each in getattr(getattr(type(controller), name), 'rest_routes', ()):
                self._methods.setdefault(_shape(each.path), {})[each.method] = (
                    each, getattr(controller, name))

    def fault(self, error: webob.exc.WSGIHTTPException, cause: Exception | None) -> Answer:
        """The answer that tells a client of `error`, in the form that clients of the service know.

        :param cause: the exception that it was made of, if it is one of minova's
        """
        raise NotImplementedError

    def __call__(self, environ, start_response):
        req = Request(environ)
        try:
            answer = self._answer(req)
        except webob.exc.WSGIHTTPException as error:
            answer = self.fault(error, None)
        except exception.MinovaException as error:
            if error.code == 500:
                answer = self._unexpected(req)
            else:
                answer = self.fault(http_error(error), error)
        except Exception:
            answer = self._unexpected(req)
        return answer(environ, start_response)

    def _answer(self, req: Request):
        found, function, variables = self._find(req)
        if any('\0' in value for values in req.query.values() for value in values):
            raise webob.exc.HTTPBadRequest(explanation=_NUL)
        if req.context is None and not found.public:
            raise webob.exc.HTTPUnauthorized(explanation='The request you have made requires authentication.')
        if found.validator:
            found.validator.validate(req.json)
        result = function(req, **variables)
        if callable(result):
            return result
        if result is None:
            return json_answer(204 if found.code == 200 else found.code, None)
        return json_answer(found.code, result)

    def _find(self, req: Request) -> tuple[_Route, Callable, dict]:
        # A path with a slash at its end asks for something whose id was left out: that is not there.
        try:
            path = req.environ.get('PATH_INFO', '').encode('latin-1').decode('utf-8')
        except UnicodeDecodeError:
            raise webob.exc.HTTPNotFound(explanation='The resource could not be found.') from None
        match = self._map.match(path or '/') if '\0' not in path else None
        if match is None:
            raise webob.exc.HTTPNotFound(explanation='The resource could not be found.')
        shape = match['shape']
        methods = self._methods[shape]
        found = methods.get(req.method) or (methods.get('GET') if req.method == 'HEAD' else None)
        if found is None:
            raise webob.exc.HTTPMethodNotAllowed(
                explanation='The method is not allowed for this resource.',
                headers={'Allow': ', '.join(sorted(methods))})
        values = (match[number] for number in _variables(shape))
        return *found, dict(zip(_variables(found[0].path), values, strict=True))

    def _unexpected(self, req: Request):
        request_id = req.environ.get('openstack.request_id')
        LOG.exception('%s %s failed (request %s)', req.method, req.path_info, request_id)
        return self.fault(webob.exc.HTTPInternalServerError(
            explanation='Unexpected error. The log of the service says more, at request '
                        f'{request_id}.'), None)


def json_answer(code: int, obj, headers: dict[str, str] | None = None) -> Answer:
    """`obj` as JSON, None as an empty body, with that status."""
    listed = [(name, str(value)) for name, value in (headers or {}).items()]
    body = b''
    if obj is not None:
        body = jsonutils.dump_as_bytes(obj)
        listed.append(('Content-Type', 'application/json'))
    if code != 204:
        listed.append(('Content-Length', str(len(body))))
    return Answer(status_line(code), listed, body)


def allow_header(error: webob.exc.WSGIHTTPException) -> dict[str, str]:
    """The headers of `error` that belong into its answer, whatever the form of that is."""
    return {name: error.headers[name] for name in ('Allow', 'Retry-After') if name in error.headers}


def _has_nul(found) -> bool:
    """Whether a text in what was read of JSON has a NUL."""
    if isinstance(found, dict):
        return any(_has_nul(key) or _has_nul(value) for key, value in found.items())
    if isinstance(found, list):
        return any(map(_has_nul, found))
    return isinstance(found, str) and '\0' in found


def _variables(path: str) -> list[str]:
    return [part[1:-1] for part in path.split('/') if part.startswith('{')]


def _shape(path: str) -> str:
    """`path` with numbers for the names of its variables: one module's {id} is another's {user_id}."""
    numbers = itertools.count()
    return re.sub(r'{[^/]*}', lambda _: f'{{v{next(numbers)}}}', path)
