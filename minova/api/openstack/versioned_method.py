"""Controller methods that exist in several versions under one name."""

import functools
import inspect

from minova import exception
from minova.api.openstack.api_version_request import APIVersionRequest, max_api_version


class VersionedMethod:
    """One implementation and the range of versions that it serves."""

    __slots__ = ('start_version', 'end_version', 'func')

    def __init__(self, start_version: APIVersionRequest, end_version: APIVersionRequest, func):
        self.start_version = start_version
        self.end_version = end_version
        self.func = func


class VersionedMethods:
    """All implementations of one name; as an attribute of a controller it calls the fitting one."""

    def __init__(self, name: str):
        self.__name__ = name
        self.methods: list[VersionedMethod] = []

    def add(self, method: VersionedMethod) -> None:
        """Raises ValueError when the range is none, or overlaps that of another implementation."""
        start, end = method.start_version, method.end_version
        if end and end < start:
            raise ValueError(f'{self.__name__} is for versions from {start} to {end}: it ends '
                             'before it begins')
        if start > max_api_version():
            raise ValueError(f'{self.__name__} is for versions from {start} on, and the newest is '
                             f'{max_api_version()}')
        # A module whose import failed is imported anew when somebody asks for it again.
        line = _line(method.func)
        self.methods = [m for m in self.methods if _line(m.func) != line]
        for other in self.methods:
            if _overlap(method, other):
                raise ValueError(f'two versions of {self.__name__} overlap: from '
                                 f'{method.start_version} and from {other.start_version}')
        self.methods.append(method)

    def select(self, version: APIVersionRequest):
        """The function that serves `version`; raises VersionNotFoundForAPIMethod when none does."""
        for method in self.methods:
            if version.matches(method.start_version, method.end_version):
                return method.func
        raise exception.VersionNotFoundForAPIMethod(version=version.get_string())

    def __get__(self, controller, owner=None):
        if controller is None:
            return self
        return BoundVersionedMethods(self, controller)


class BoundVersionedMethods:
    """The versions of one method of one controller instance."""

    __slots__ = ('versions', 'controller')

    def __init__(self, versions: VersionedMethods, controller):
        self.versions = versions
        self.controller = controller

    def select(self, version: APIVersionRequest):
        """The bound method that serves `version`."""
        return self.versions.select(version).__get__(self.controller)

    def __call__(self, req, *args, **kwargs):
        return self.select(req.api_version_request)(req, *args, **kwargs)


def _line(func) -> int:
    return inspect.unwrap(func).__code__.co_firstlineno


def _overlap(a: VersionedMethod, b: VersionedMethod) -> bool:
    a_before_b = a.end_version and a.end_version < b.start_version
    b_before_a = b.end_version and b.end_version < a.start_version
    return not (a_before_b or b_before_a)


@functools.lru_cache(maxsize=None)
def _versions_of(module: str, qualname: str) -> VersionedMethods:
    return VersionedMethods(qualname.rpartition('.')[2])


def api_version(min_ver: str, max_ver: str | None = None):
    """Decorator: this implementation serves `min_ver` to `max_ver` (None: to the newest)."""
    start, end = APIVersionRequest(min_ver), APIVersionRequest(max_ver)

    def decorator(func):
        versions = _versions_of(func.__module__, func.__qualname__)
        versions.add(VersionedMethod(start, end, func))
        return versions
    return decorator


def refuse_versions(func, decorator: str) -> None:
    """Raise ValueError when `decorator` is put upon versions of a method, and not upon one of them."""
    if isinstance(func, VersionedMethods):
        raise ValueError(f'@api_version must stand above @{decorator} of {func.__name__}')
