"""Resource: from a matched route to the answer, and what controllers are made of.

Resource takes the request through content type, microversion, body, controller method and extensions. A
controller is a plain class whose methods are called with `req`, the variables of the URL, and `body`.
The names are Nova's.
"""

import inspect
import types

import webob.exc

from minova import exception, jsonutils
from minova.api.openstack import versioned_method
from minova.api.openstack.faults import Fault, http_error
from minova.api.openstack.request import Request
from minova.api.openstack.response import ResponseObject

__all__ = ['Controller', 'Fault', 'Request', 'Resource', 'ResponseObject', 'action', 'extends',
           'response']

#: An extension may bring these to a collection whose controller has them not, as actions of these
#: names; the request is then the usual one, and not an action's.
_WRITES = ('create', 'delete', 'update')


def response(code: int):
    """Decorator: the status code of a successful answer of this method (default 200)."""
    def decorator(func):
        versioned_method.refuse_versions(func, 'response')
        func.wsgi_code = code
        return func
    return decorator


def action(name: str):
    """Decorator: this method carries out `name` when it is POSTed to /action."""
    def decorator(func):
        versioned_method.refuse_versions(func, 'action')
        func.wsgi_action = name
        return func
    return decorator


def extends(*args, **kwargs):
    """Decorator: this method adds to the answer of the method of the same name.

    With `action=NAME` it adds to the answer of that action. The method is called with `req`, `resp_obj`
    and the arguments of the method that it extends. A generator runs up to its yield before that method
    and receives the answer there.
    """
    def decorator(func):
        versioned_method.refuse_versions(func, 'extends')
        func.wsgi_extends = (func.__name__, kwargs.get('action'))
        return func
    return decorator(*args) if args else decorator


class Controller:
    """Base of all controllers."""

    api_version = staticmethod(versioned_method.api_version)
    _view_builder_class = None

    def __init__(self, view_builder=None):
        if view_builder:
            self._view_builder = view_builder
        elif self._view_builder_class:
            self._view_builder = self._view_builder_class()

    def wsgi_attributes(self, attribute: str):
        """(value, method name) of every method that a decorator marked with `attribute`."""
        for name in dir(type(self)):
            member = getattr(type(self), name, None)
            functions = ([m.func for m in member.methods]
                         if isinstance(member, versioned_method.VersionedMethods) else [member])
            for value in {getattr(f, attribute) for f in functions if hasattr(f, attribute)}:
                yield value, name


class Resource:
    """A controller with the extensions to it, as a WSGI application."""

    def __init__(self, controller: Controller, inherits: 'Resource | None' = None):
        self.controller = controller
        self.inherits = inherits
        self.wsgi_actions: dict = {}
        self.wsgi_extensions: dict[str, list] = {}
        self.wsgi_action_extensions: dict[str, list] = {}
        self.register_actions(controller)

    def register_actions(self, controller: Controller) -> None:
        """Take in the actions of `controller`, which may be that of an extension."""
        for name, method in controller.wsgi_attributes('wsgi_action'):
            self.wsgi_actions[name] = getattr(controller, method)

    def register_extensions(self, controller: Controller) -> None:
        """Take in the methods of `controller` that extend one of this resource's."""
        for (method, act), name in controller.wsgi_attributes('wsgi_extends'):
            extension = getattr(controller, name)
            if act:
                self.wsgi_action_extensions.setdefault(act, []).append(extension)
            else:
                self.wsgi_extensions.setdefault(method, []).append(extension)

    def __call__(self, environ, start_response):
        req = Request(environ)
        answer = self.answer(req)
        return answer(environ, start_response)

    def answer(self, req: Request):
        """The whole way of a request that matched a route of this resource; a WSGI application."""
        try:
            req.set_api_version_request()
        except exception.InvalidAPIVersionString as e:
            return Fault(webob.exc.HTTPBadRequest(explanation=e.message)).response(req)
        except exception.InvalidGlobalAPIVersion as e:
            req.api_version_request = e.kwargs['req_ver']
            return Fault(webob.exc.HTTPNotAcceptable(explanation=e.message)).response(req)
        if not req.has_readable_query():
            return Fault(webob.exc.HTTPBadRequest(
                explanation='The query string is not UTF-8, or has a NUL in it.')).response(req)
        args = dict(req.environ['wsgiorg.routing_args'][1])
        args.pop('controller', None)
        args.pop('format', None)
        try:
            result = self._dispatch(req, args.pop('action', None), args)
        except Fault as fault:
            result = fault
        except webob.exc.HTTPException as e:
            result = Fault(e)
        except exception.PolicyNotAuthorized as e:
            result = Fault(webob.exc.HTTPForbidden(explanation=e.message))
        except exception.VersionNotFoundForAPIMethod:
            result = Fault(webob.exc.HTTPNotFound())
        except exception.Invalid as e:
            result = Fault(http_error(e))
        if isinstance(result, ResponseObject):
            return result.serialize(req)
        if isinstance(result, Fault):
            return result.response(req)
        return result

    def _dispatch(self, req: Request, action_name: str, args: dict):
        try:
            raw_body = req.body if req.is_body_readable else b''
        except webob.request.DisconnectionError:
            raise webob.exc.HTTPBadRequest(
                explanation='The body is shorter than its Content-Length.') from None
        try:
            content_type = req.get_content_type()
        except exception.InvalidContentType:
            content_type = None     # matters only if there is a body, and a method to take it
        method, extensions, body = self._find_method(req, action_name, content_type, raw_body)
        if req.method in ('POST', 'PUT'):
            if raw_body and content_type is None:
                raise webob.exc.HTTPUnsupportedMediaType(explanation='Unsupported Content-Type')
            if raw_body and body is None:
                body = _deserialize(raw_body)
            args['body'] = body
        _check_project(req, args)
        if isinstance(method, versioned_method.BoundVersionedMethods):
            method = method.select(req.api_version_request)
        if extensions:
            return self._call_extended(req, method, extensions, args)
        return self._finish(method, method(req=req, **args))

    def _find_method(self, req: Request, action_name: str, content_type: str | None, raw_body: bytes):
        """(method, extensions, body); the body is only read here when it names the method."""
        body = None
        if action_name == 'action' and self.wsgi_actions and not hasattr(self.controller, 'action'):
            body, key = self._peek(content_type, raw_body)
            if key in _WRITES:
                raise _no_such_action(key)
            method, extensions = self._find_action(key)
        elif hasattr(self.controller, action_name) and not action_name.startswith('_'):
            method = getattr(self.controller, action_name)
            extensions = self.wsgi_extensions.get(action_name)
        elif action_name in _WRITES and self.wsgi_actions:
            method, extensions = self._find_action(action_name)
        else:
            raise webob.exc.HTTPNotFound()
        return method, extensions, body

    def _find_action(self, name: str | None):
        """(method, extensions) of the action that some controller brought."""
        try:
            return self.wsgi_actions[name], self.wsgi_action_extensions.get(name)
        except KeyError:
            raise _no_such_action(name) from None

    def _peek(self, content_type: str | None, raw_body: bytes) -> tuple[dict | None, str | None]:
        """The body of an action and its only key, which names it."""
        if content_type is None:
            return None, None
        body = _deserialize(raw_body)
        if isinstance(body, (dict, list, str)) and len(body) != 1:
            raise webob.exc.HTTPBadRequest(explanation='Malformed request body')
        if not isinstance(body, dict):
            raise webob.exc.HTTPNotFound()
        return body, next(iter(body))

    def _finish(self, method, result):
        """What the method returned, as something that can be answered."""
        if isinstance(result, (dict, list)) or result is None:
            result = ResponseObject(result, getattr(method, 'wsgi_code', 200))
        elif isinstance(result, ResponseObject) and result.code == 200:
            result.code = getattr(method, 'wsgi_code', 200)
        return result

    def _call_extended(self, req: Request, method, extensions: list, args: dict):
        """Call `method` with the extensions around it; the last registered is the innermost."""
        started = []
        for extension in extensions:
            if isinstance(extension, versioned_method.BoundVersionedMethods):
                try:
                    extension = extension.select(req.api_version_request)
                except exception.VersionNotFoundForAPIMethod:
                    continue        # in this version it has nothing to add
            if _is_generator(extension):
                generator = extension(req=req, **args)
                early = next(generator)
                if early is not None:
                    return self._finish(method, early)
                started.append(generator)
            else:
                started.append(extension)
        result = self._finish(method, method(req=req, **args))
        if not isinstance(result, ResponseObject):
            return result
        for extension in reversed(started):
            if type(extension) is types.GeneratorType:
                try:
                    replaced = extension.send(result)
                except StopIteration:
                    replaced = None
            else:
                replaced = extension(req=req, resp_obj=result, **args)
            if replaced is not None:
                return self._finish(method, replaced)
        return result


def _is_generator(method) -> bool:
    """inspect.isgeneratorfunction, at a tenth of its price for what is a plain method."""
    code = getattr(method, '__code__', None)
    if code is None:
        return inspect.isgeneratorfunction(method)
    return bool(code.co_flags & inspect.CO_GENERATOR)


def _no_such_action(name: str | None) -> webob.exc.HTTPBadRequest:
    return webob.exc.HTTPBadRequest(explanation=f'There is no such action: {name}')


def _deserialize(raw_body: bytes):
    try:
        return jsonutils.loads(raw_body)
    except ValueError:
        raise webob.exc.HTTPBadRequest(explanation='Malformed request body') from None


def _check_project(req: Request, args: dict) -> None:
    """Take the project out of the URL's variables; it must be that of the context."""
    if 'project_id' in args:
        project_id = args.pop('project_id')
        context = req.context
        if context is not None and project_id != context.project_id:
            raise webob.exc.HTTPBadRequest(
                explanation=f"Malformed request URL: URL's project_id '{project_id}' doesn't match "
                            f"Context's project_id '{context.project_id}'")
