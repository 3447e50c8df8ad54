"""Who there is: the users, projects, domains and roles of the users file, and who has which role where.

    directory.current().find_user(name='demo', domain_id='default')

`current()` is what the file said when it was last read: at the start, and on SIGHUP.
"""

import dataclasses
import functools
import hashlib
import hmac
import logging
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from minova import exception
from minova.conf import CONF

LOG = logging.getLogger(__name__)

#: The same name has the same id everywhere and after each start.
_IDS = uuid.UUID('6f1d3c1e-5f0b-5b55-9c58-0d7f3a5f2c11')
#: A role brings others with it, as in a Keystone that was set up the usual way.
IMPLIED = {'admin': ('member',), 'member': ('reader',)}


class Scope(NamedTuple):
    """Where roles hold: kind is 'project', 'domain' or 'system' (whose id is 'all')."""

    kind: str
    id: str


SYSTEM = Scope('system', 'all')


@dataclasses.dataclass(frozen=True)
class Domain:
    id: str
    name: str
    description: str = ''
    enabled: bool = True


@dataclasses.dataclass(frozen=True)
class Project:
    id: str
    name: str
    domain_id: str
    description: str = ''
    enabled: bool = True


@dataclasses.dataclass(frozen=True)
class User:
    id: str
    name: str
    domain_id: str
    password: str = dataclasses.field(repr=False)      # or its hash
    default_project_id: str | None = None
    email: str | None = None
    description: str = ''
    enabled: bool = True

    def fingerprint(self, key: bytes) -> str:
        """Changes with the password, and tells nothing about it to who has not got `key`."""
        return hmac.digest(key, self.password.encode(), hashlib.sha256)[:6].hex()


@dataclasses.dataclass(frozen=True)
class Role:
    id: str
    name: str


def make_id(*names: str) -> str:
    """The id of what is called so."""
    return uuid.uuid5(_IDS, '/'.join(names)).hex


class Directory:
    """Everybody and everything, by id."""

    def __init__(self, domains: Iterable[Domain], projects: Iterable[Project], users: Iterable[User],
                 grants: dict[tuple[str, Scope], tuple[str, ...]], roles: Iterable[str] = ()):
        """:param grants: {(id of a user, scope): names of roles}
        :param roles: names of roles that nobody may have, too
        """
        self.domains = {each.id: each for each in domains}
        self.projects = {each.id: each for each in projects}
        self.users = {each.id: each for each in users}
        self.grants = grants
        names = [*roles, *(name for granted in grants.values() for name in granted)]
        self.roles = {name: Role(make_id('role', name), name) for name in sorted(with_implied(names))}

    def find_domain(self, id: str | None = None, name: str | None = None) -> Domain | None:
        """By id, or by name, in which case does not count: `default` is `Default`."""
        if id is not None:
            return self.domains.get(id)
        return next((each for each in self.domains.values()
                     if each.name.casefold() == (name or '').casefold()), None)

    def find_project(self, id: str | None = None, name: str | None = None,
                     domain_id: str | None = None) -> Project | None:
        """By id, or by its name in a domain."""
        return _find(self.projects, id, name, domain_id)

    def find_user(self, id: str | None = None, name: str | None = None,
                  domain_id: str | None = None) -> User | None:
        """By id, or by their name in a domain."""
        return _find(self.users, id, name, domain_id)

    def roles_of(self, user_id: str, scope: Scope) -> list[Role]:
        """The roles that the user has there, with those that they imply."""
        names = with_implied(self.grants.get((user_id, scope), ()))
        return [role for name, role in self.roles.items() if name in names]

    def scopes_of(self, user_id: str, kind: str) -> Iterator[str]:
        """The ids of the enabled projects or domains in which the user has a role."""
        things = {'project': self.projects, 'domain': self.domains}[kind]
        for granted_to, scope in self.grants:
            if granted_to == user_id and scope.kind == kind and self.is_open(scope):
                yield things[scope.id].id

    def is_open(self, scope: Scope) -> bool:
        """Whether it is there and enabled, and so is the domain of a project."""
        if scope.kind == 'project':
            project = self.projects.get(scope.id)
            return bool(project and project.enabled and self.domains[project.domain_id].enabled)
        if scope.kind == 'domain':
            domain = self.domains.get(scope.id)
            return bool(domain and domain.enabled)
        return scope == SYSTEM

    @functools.cached_property
    def decoy(self) -> User:
        """One whose password takes as long to check as any: hashes are the longest."""
        return max(self.users.values(), key=lambda user: len(user.password))

    def user_with_default_password(self) -> User | None:
        """One whose password is their name, as in the default file. A hash is not looked into."""
        return next((user for user in self.users.values() if user.password == user.name), None)

    def may_log_in(self, user: User) -> bool:
        return user.enabled and self.domains[user.domain_id].enabled


def _find(things: dict, id: str | None, name: str | None, domain_id: str | None):
    if id is not None:
        return things.get(id)
    return next((each for each in things.values() if each.name == name and each.domain_id == domain_id), None)


def with_implied(names: Iterable[str]) -> set[str]:
    """`names` of roles, and those that they imply."""
    found: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += IMPLIED.get(name, ())
    return found


_lock = threading.Lock()
_current: Directory | None = None


def current() -> Directory:
    """The directory of this process, read at first use. Raises UsersFileInvalid."""
    if _current is None:
        with _lock:
            if _current is None:
                _set(_read())
    return _current


def reload(check: Callable[[Directory], None] = lambda found: None) -> None:
    """Read the users file again. If it makes no sense any more, what it said before goes on.

    :param check: raises one of minova's exceptions for what is not to be taken over either
    """
    try:
        found = _read()
        check(found)
        _set(found)
    except exception.MinovaException as exc:
        LOG.error('The users stay as they were: %s', exc)


def reset() -> None:
    """Forget what was read; the next use reads it again."""
    _set(None)


def _set(directory: Directory | None) -> None:
    global _current
    _current = directory


def _read() -> Directory:
    from minova.identity import users_file
    return users_file.load(CONF.identity.users_file)
