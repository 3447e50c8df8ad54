"""What is put around the parts of minova while a request is traced.

Each function is a context manager that takes a recorder, replaces something from outside, and puts it
back. They rely on names that the rest of minova has anyway; a test holds the two together.
"""

import contextlib
import functools
import inspect
import types
from collections.abc import Callable, Iterator

from paste.deploy import loadwsgi
from sqlalchemy import Engine, event

from minova import compute, exception, image, network, policy, virt, volume
from minova.api.openstack import versioned_method, wsgi
from minova.api.openstack.mapper import ProjectMapper
from minova.api.openstack.registry import readable
from minova.api.validation import validators
from minova.tracing.recorder import Recorder

_BOUND = (types.MethodType, types.FunctionType)


@contextlib.contextmanager
def replaced(holder, name: str, make: Callable) -> Iterator[None]:
    """Have `make(what was there)` as `holder.name`."""
    own = vars(holder).get(name)
    setattr(holder, name, make(getattr(holder, name)))
    try:
        yield
    finally:
        if own is None:
            delattr(holder, name)
        else:
            setattr(holder, name, own)


# ---- the paste pipeline: while it is loaded

@contextlib.contextmanager
def filters(recorder: Recorder) -> Iterator[None]:
    """Put a step around every filter and application that paste loads meanwhile."""
    def naming(get_context):
        @functools.wraps(get_context)
        def traced(loader, object_type, name=None, global_conf=None):
            context = get_context(loader, object_type, name, global_conf)
            context.minova_name = name or 'main'
            return context
        return traced

    def creating(create):
        @functools.wraps(create)
        def traced(context):
            made, name = create(context), getattr(context, 'minova_name', 'unnamed')
            if context.object_type is loadwsgi.APP:
                return _stepping(recorder, 'application', name, made)
            if context.object_type is loadwsgi.FILTER:
                return lambda app: _stepping(recorder, 'filter', name, made(app))
            return made
        return traced

    with replaced(loadwsgi.ConfigLoader, 'get_context', naming), \
            replaced(loadwsgi.LoaderContext, 'create', creating):
        yield


def _stepping(recorder: Recorder, kind: str, name: str, app):
    if app.__class__.__name__ == 'URLMap' or getattr(app, 'is_traced', False):
        return app      # a composite, whose parts have steps of their own

    def traced(environ, start_response):
        with recorder.step(kind, name) as step:
            def start(status, headers, exc_info=None):
                step.outcome = status
                return start_response(status, headers, *([exc_info] if exc_info else []))
            return app(environ, start)
    traced.is_traced = True
    return traced


# ---- the API

@contextlib.contextmanager
def routing(recorder: Recorder) -> Iterator[None]:
    def make(routematch):
        @functools.wraps(routematch)
        def traced(mapper, url=None, environ=None):
            with recorder.step('route', 'no route') as step:
                found = routematch(mapper, url, environ)
                if found:
                    match, route = found
                    step.text = f"{environ['REQUEST_METHOD']} {readable(route.routepath)}"
                    step.outcome = f"action {match.get('action')}"
                return found
        return traced

    with replaced(ProjectMapper, 'routematch', make):
        yield


@contextlib.contextmanager
def controllers(recorder: Recorder) -> Iterator[None]:
    """Steps for the controller method of a request, and for the extensions to its answer."""
    def make(find_method):
        @functools.wraps(find_method)
        def traced(resource, req, action_name, *args):
            method, extending, body = find_method(resource, req, action_name, *args)
            chosen = next(_fitting(req, [method]), None)
            if chosen is None:
                return method, extending, body      # Resource will say that there is none
            method = chosen
            name = _name(method)
            versions = _versions(resource, method)
            text = f'{name} {versions}'.strip()
            around = [_extension(recorder, extension) for extension in _fitting(req, extending)]
            return (_around(recorder, 'controller', text, method), around, body)
        return traced

    with replaced(wsgi.Resource, '_find_method', make):
        yield


def _name(method) -> str:
    """`module.Class.method`, of the class that it was called on: it may have inherited the method."""
    controller = type(method.__self__)
    module = controller.__module__.rpartition('.')[2]
    return f'{module}.{controller.__qualname__}.{inspect.unwrap(method).__name__}'


def _versions(resource, method) -> str:
    """Which of several implementations was chosen, if there are several."""
    function = getattr(method, '__func__', method)
    owners = [resource.controller, *(getattr(m, 'controller', None)
                                     for m in resource.wsgi_actions.values())]
    for owner in filter(None, owners):
        for member in vars(type(owner)).values():
            if isinstance(member, versioned_method.VersionedMethods):
                for version in member.methods:
                    if version.func is function:
                        return f'({version.start_version} to {version.end_version or "the newest"})'
    return ''


def _around(recorder: Recorder, kind: str, text: str, method):
    @functools.wraps(method)
    def traced(*args, **kwargs):
        with recorder.step(kind, text):
            return method(*args, **kwargs)
    return traced


def _fitting(req, extending):
    """Those of the methods in `extending` that are for the version of the request, as Resource does it."""
    for extension in extending or ():
        if isinstance(extension, versioned_method.BoundVersionedMethods):
            try:
                extension = extension.select(req.api_version_request)
            except exception.VersionNotFoundForAPIMethod:
                continue
        yield extension


def _extension(recorder: Recorder, extension):
    if not inspect.isgeneratorfunction(extension):
        return _around(recorder, 'extension', _name(extension), extension)

    def traced(*args, **kwargs):
        generator, name = extension(*args, **kwargs), _name(extension)
        with recorder.step('extension', f'{name}, before'):
            early = next(generator)
        answer = yield early
        with recorder.step('extension', f'{name}, after'):
            try:
                return (yield generator.send(answer))
            except StopIteration:
                return
    return traced


@contextlib.contextmanager
def checks(recorder: Recorder) -> Iterator[None]:
    """Steps for the checks of bodies and of policies."""
    def validating(validate):
        @functools.wraps(validate)
        def traced(validator, body):
            names = ', '.join(validator.schema.get('properties', ()))
            with recorder.step('schema', f'body {{{names}}}') as step:
                validate(validator, body)
                step.outcome = 'fits'
        return traced

    def authorizing(authorize):
        @functools.wraps(authorize)
        def traced(context, action, *args, **kwargs):
            with recorder.step('policy', action) as step:
                allowed = authorize(context, action, *args, **kwargs)
                step.outcome = 'allowed' if allowed else 'not allowed'
                return allowed
        return traced

    with replaced(validators.SchemaValidator, 'validate', validating), \
            replaced(policy, 'authorize', authorizing):
        yield


# ---- below the API

@contextlib.contextmanager
def backends(recorder: Recorder) -> Iterator[None]:
    """Steps for the calls that go over the contracts: compute, image, network, volume, virt."""
    objects = []
    for kind, room in (('compute', compute), ('network', network)):
        # Not every backend has every noun.
        objects += [(kind, getattr(room.backend(), noun), noun, contract) for noun, contract
                    in inspect.get_annotations(room.contract.Backend).items()
                    if hasattr(room.backend(), noun)]
    objects += [('image', image.API(), 'api', image.contract.API),
                ('volume', volume.API(), 'api', volume.contract.API),
                ('virt', virt.get_driver(), 'driver', virt.ComputeDriver)]
    with contextlib.ExitStack() as stack:
        for kind, api, noun, contract in objects:
            for name in {*dir(contract), *dir(type(api))}:
                # A wrapper of another backend has some of them only when it is asked.
                if not name.startswith('_') and isinstance(getattr(api, name, None), _BOUND):
                    stack.enter_context(replaced(
                        api, name, functools.partial(_around, recorder, kind, f'{noun}.{name}')))
        yield


@contextlib.contextmanager
def statements(recorder: Recorder) -> Iterator[None]:
    """Steps for what is sent to the database."""
    def before(connection, cursor, statement, parameters, context, executemany):
        step = recorder.step('sql', ' '.join(statement.split()))
        step.__enter__()
        connection.info.setdefault('minova_trace', []).append(step)

    def after(connection, cursor, statement, parameters, context, executemany):
        connection.info['minova_trace'].pop().__exit__(None, None, None)

    def failed(context):
        waiting = context.connection.info.get('minova_trace') if context.connection else None
        if waiting:
            error = context.original_exception
            with contextlib.suppress(type(error)):
                waiting.pop().__exit__(type(error), error, None)

    events = (('before_cursor_execute', before), ('after_cursor_execute', after),
              ('handle_error', failed))
    for name, listener in events:
        event.listen(Engine, name, listener)
    try:
        yield
    finally:
        for name, listener in events:
            event.remove(Engine, name, listener)
