"""What an API extension is.

An extension is a class, registered in the stevedore namespace `minova.api.v21.extensions` of some
package's setup.cfg. It brings resources (new URLs) and controller extensions (actions and
attributes on the URLs of others).
"""

import abc
import functools
import logging

import webob.exc
from stevedore import enabled

from minova import exception
from minova.api.openstack import packages, versioned_method
from minova.conf import CONF

LOG = logging.getLogger(__name__)

API_EXTENSION_NAMESPACE = 'minova.api.v21.extensions'
# Without these the API is not the compute API, and minova does not start: alias and entry point.
CORE = {'extensions': 'extension_info', 'flavors': 'flavors', 'images': 'images', 'ips': 'ips',
        'limits': 'limits', 'os-keypairs': 'keypairs', 'server-metadata': 'server_metadata',
        'servers': 'servers', 'versions': 'versions'}
CORE_ALIASES = frozenset(CORE)


class ResourceExtension:
    """A collection of things under a URL of its own."""

    def __init__(self, collection: str, controller, parent: dict | None = None,
                 collection_actions: dict | None = None, member_actions: dict | None = None,
                 custom_routes_fn=None, inherits: str | None = None,
                 member_name: str | None = None, project_only: bool = False):
        """`collection` is its name in the URL, `member_name` that of one of its members.

        `parent` ({'member_name', 'collection_name'}) is what it lives under. The actions map names
        to HTTP methods ({'detail': 'GET'}). `custom_routes_fn(mapper, wsgi_resource)` connects
        further routes. `inherits` names a collection whose extensions apply here too. With
        `project_only` the URL needs the project id.
        """
        self.collection = collection
        self.controller = controller
        self.parent = parent
        self.collection_actions = collection_actions or {}
        self.member_actions = member_actions or {}
        self.custom_routes_fn = custom_routes_fn
        self.inherits = inherits
        self.member_name = member_name or collection
        self.project_only = project_only


class ControllerExtension:
    """A controller whose actions and `extends` methods are added to an existing collection."""

    def __init__(self, extension: 'V21APIExtensionBase', collection: str, controller):
        self.extension = extension
        self.collection = collection
        self.controller = controller


class V21APIExtensionBase(abc.ABC):
    """Base of all extensions."""

    #: The name that people read in /extensions.
    name: str
    #: The name that clients and the configuration know the extension by.
    alias: str
    #: What /extensions says about it.
    description: str = ''
    version: int = 1
    #: Whether /extensions shows it; what v2 had in its core it did not call an extension.
    listed: bool = True
    #: (alias, name) or (alias, name, description) of v2 extensions that are part of this one;
    #: /extensions shows them too.
    absorbed: tuple[tuple[str, ...], ...] = ()

    def __init__(self, extension_info: 'LoadedExtensionInfo'):
        self.extension_info = extension_info

    @abc.abstractmethod
    def get_resources(self) -> list[ResourceExtension]:
        """The new collections."""

    @abc.abstractmethod
    def get_controller_extensions(self) -> list[ControllerExtension]:
        """What is added to the collections of others."""

    def get_policies(self) -> list:
        """The policy rules (oslo.policy's RuleDefault) that it asks and minova does not have."""
        return []

    def __repr__(self):
        return f'<Extension: name={self.name}, alias={self.alias}, version={self.version}>'


class LoadedExtensionInfo:
    """Which extensions are loaded, by alias."""

    def __init__(self):
        self.extensions: dict[str, V21APIExtensionBase] = {}

    def register_extension(self, extension: V21APIExtensionBase) -> None:
        """Take `extension` in. Raises ValueError when one of its alias is there already."""
        other = self.extensions.setdefault(extension.alias, extension)
        if other is not extension:
            raise ValueError(f'its alias {extension.alias} is that of {describe(other)}')

    def forget_extension(self, extension: V21APIExtensionBase) -> None:
        """Undo register_extension()."""
        if self.extensions.get(extension.alias) is extension:
            del self.extensions[extension.alias]

    def get_extensions(self) -> dict[str, V21APIExtensionBase]:
        return self.extensions


def describe(extension: V21APIExtensionBase) -> str:
    """The extension and its package, as one says it."""
    cls = type(extension)
    return f'{cls.__qualname__} of package {packages.of_module(cls.__module__)}'


class Manager(enabled.EnabledExtensionManager):
    """stevedore's manager for extensions: those of minova come first, and a broken one is refused.

    `is_wanted(stevedore extension)` says whether the configuration lets it in.
    """

    def __init__(self, namespace: str, is_wanted, **arguments):
        super().__init__(namespace, check_func=is_wanted, invoke_on_load=True,
                         invoke_kwds=arguments,
                         on_load_failure_callback=lambda _manager, *failure: refuse(*failure))
        # In a clash the newcomer loses.
        self.extensions.sort(key=lambda ext: not _is_own(ext.entry_point))

    def _load_one_plugin(self, entry_point, *args, **kwargs):
        try:
            return super()._load_one_plugin(entry_point, *args, **kwargs)
        except (AssertionError, SystemExit) as error:
            # stevedore lets these two pass, and one module would end the process.
            raise ImportError(f'{type(error).__name__}: {error}') from error


def _is_own(entry_point) -> bool:
    return entry_point.module.partition('.')[0] == 'minova'


def is_core(entry_point) -> bool:
    """Whether minova cannot do without this extension."""
    return (entry_point.group == API_EXTENSION_NAMESPACE and _is_own(entry_point)
            and entry_point.name in CORE.values())


def is_enabled(alias: str) -> bool:
    """Whether the configuration lets the extension of this alias in."""
    whitelist = CONF.osapi_v21.extensions_whitelist
    if alias in CONF.osapi_v21.extensions_blacklist:
        return False
    return not whitelist or alias in whitelist or alias in CORE


def refuse(entry_point, error: Exception) -> None:
    """What becomes of a broken extension: one line in the log that names it; the others load.

    Raises ExtensionLoadError, with that line, for one of the core.
    """
    reason = ' '.join(str(error).split())
    if not isinstance(error, ValueError):
        reason = f'{type(error).__name__}: {reason}' if reason else type(error).__name__
    refusal = exception.ExtensionLoadError(
        name=entry_point.name, package=packages.of_entry_point(entry_point),
        group=entry_point.group, value=entry_point.value, reason=reason)
    if is_core(entry_point):
        raise refusal from error
    _report(refusal.message)


@functools.lru_cache(maxsize=None)
def _report(line: str) -> None:
    """The API is loaded once for each version root; what is wrong with it is said once."""
    LOG.error('%s', line)


def expected_errors(errors: int | tuple[int, ...]):
    """Decorator: the HTTP errors that a controller method means to answer with.

    Any other exception is a mistake in minova and is answered with a 500, not with what it happens
    to look like. What the request brought about itself (policy, validation) always passes.
    """
    allowed = (errors,) if isinstance(errors, int) else tuple(errors)

    def decorator(func):
        versioned_method.refuse_versions(func, 'expected_errors')

        @functools.wraps(func)
        def wrapped(*args, **kwargs):
            try:
                return func(*args, **kwargs)
            except webob.exc.HTTPException as e:
                if e.status_int in allowed:
                    raise
                LOG.exception('%s is not an error that %s may answer with', e.status_int,
                              func.__qualname__)
            except (exception.PolicyNotAuthorized, exception.ValidationError,
                    exception.VersionNotFoundForAPIMethod):
                raise
            except exception.NotSupported as e:
                # What the backend does not have, the methods that may say so need not look for.
                if 501 in allowed:
                    raise webob.exc.HTTPNotImplemented(explanation=e.message) from None
                LOG.exception('%s may not be without support', func.__qualname__)
            raise webob.exc.HTTPInternalServerError(
                explanation='Unexpected API Error. The log of the service says more.')
        wrapped.expected_errors = allowed
        return wrapped
    return decorator
