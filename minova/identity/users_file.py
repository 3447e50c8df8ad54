"""Reads the users file. What makes no sense in it is refused, with the place where it stands."""

import re

import yaml

from minova import exception
from minova.identity import keys, passwords
from minova.identity.directory import SYSTEM, Directory, Domain, Project, Scope, User, make_id

#: The user as whom the other APIs of this installation ask about tokens. No file can name it.
SERVICE_USER = 'minova'
SERVICE_PROJECT = 'service'
SERVICE_ROLE = 'service'
DEFAULT_DOMAIN = Domain('default', 'Default', 'The default domain')

_SECTIONS = {'domains', 'projects', 'users', 'roles'}
_COMMON = {'name': str, 'id': str, 'description': str, 'enabled': bool}
_FIELDS = {
    'domains': _COMMON,
    'projects': {**_COMMON, 'domain': str},
    'users': {**_COMMON, 'domain': str, 'password': str, 'email': str, 'default_project': str,
              'projects': dict, 'domains': dict, 'system': list},
}
_KINDS = {str: 'text, perhaps in quotes', bool: 'true or false', dict: 'a mapping of names to lists of roles',
          list: 'a list of roles'}
_LONGEST = 255
_ID = re.compile(r'[A-Za-z0-9_.-]+')


def load(path: str) -> Directory:
    """The directory that the file at `path` describes; raises UsersFileInvalid."""
    try:
        with open(path, encoding='utf-8') as file:
            document = yaml.safe_load(file)
    except yaml.YAMLError as exc:
        # The message of the exception may quote a line with a password.
        mark = getattr(exc, 'problem_mark', None)
        where = f' at line {mark.line + 1}' if mark else ''
        raise exception.UsersFileInvalid(path=path, reason=f'it is not YAML{where}') from None
    except (OSError, UnicodeError) as exc:
        raise exception.UsersFileInvalid(path=path, reason=getattr(exc, 'strerror', None) or exc) from None
    try:
        return _Reader(document).directory()
    except ValueError as exc:
        raise exception.UsersFileInvalid(path=path, reason=exc) from None


class _Reader:
    """Turns the document into things, in the order in which they refer to each other."""

    def __init__(self, document):
        if not isinstance(document, dict) or not document.get('users'):
            raise ValueError('it is not a mapping with a section users')
        unknown = set(map(str, document)) - _SECTIONS
        if unknown:
            raise ValueError(f'there is no section {sorted(unknown)[0]}; there are '
                             f'{", ".join(sorted(_SECTIONS))}')
        self._document = document
        self._domains: dict[str, Domain] = {}
        self._projects: dict[str, Project] = {}
        self._users: dict[str, User] = {}
        self._grants: dict[tuple[str, Scope], tuple[str, ...]] = {}

    def directory(self) -> Directory:
        for entry in self._entries('domains'):
            _add(self._domains, 'domain', Domain(
                entry.get('id') or make_id('domain', entry['name']), entry['name'],
                entry.get('description', ''), entry.get('enabled', True)), '')
        if DEFAULT_DOMAIN.id not in self._domains:
            _add(self._domains, 'domain', DEFAULT_DOMAIN, '')
        for entry in self._entries('projects'):
            self._add_project(entry)
        self._add_service_user()
        for entry in self._entries('users'):
            self._add_user(entry)
        roles = _roles(self._document.get('roles') or [], 'roles')
        return Directory(self._domains.values(), self._projects.values(), self._users.values(),
                         self._grants, (*roles, 'admin', SERVICE_ROLE))

    def _entries(self, section: str) -> list[dict]:
        entries = self._document.get(section) or []
        if not isinstance(entries, list):
            raise ValueError(f'{section} is not a list')
        for number, entry in enumerate(entries, 1):
            where = f'{section}, entry {number}'
            if not isinstance(entry, dict) or not entry.get('name'):
                raise ValueError(f'{where}: it has no name')
            for field, value in entry.items():
                kind = _FIELDS[section].get(field)
                if kind is None:
                    raise ValueError(f'{where}: there is no {field} in {section}')
                if not isinstance(value, kind):
                    raise ValueError(f'{where}: {field} is not {_KINDS[kind]}')
                if kind is str and (len(value) > _LONGEST or not value.isprintable()):
                    raise ValueError(f'{where}: {field} is too long, or not printable')
                if field == 'id' and not _ID.fullmatch(value):
                    raise ValueError(f'{where}: the id has other characters than letters, digits, _, . and -')
        return entries

    def _domain(self, entry: dict, where: str) -> Domain:
        name = entry.get('domain', DEFAULT_DOMAIN.id)
        for domain in self._domains.values():
            if name == domain.id or name.casefold() == domain.name.casefold():
                return domain
        raise ValueError(f'{where}: there is no domain {name}')

    def _add_project(self, entry: dict) -> None:
        domain = self._domain(entry, f'project {entry["name"]}')
        _add(self._projects, 'project', Project(
            entry.get('id') or make_id('project', domain.id, entry['name']), entry['name'], domain.id,
            entry.get('description', ''), entry.get('enabled', True)), domain.id)

    def _project(self, name: str, domain_id: str, where: str) -> Project:
        """By id, by name in the user's domain, or by a name that is only once in all domains."""
        if name in self._projects:
            return self._projects[name]
        named = [each for each in self._projects.values() if each.name == name]
        found = [each for each in named if each.domain_id == domain_id] or named
        if len(found) != 1:
            raise ValueError(f'{where}: there are several projects {name}: say which by its id' if found
                             else f'{where}: there is no project {name}')
        return found[0]

    def _add_user(self, entry: dict) -> None:
        where = f'user {entry["name"]}'
        domain = self._domain(entry, where)
        if not entry.get('password'):
            raise ValueError(f'{where}: there is no password')
        try:
            passwords.is_hash(entry['password'])
        except ValueError as exc:
            raise ValueError(f'{where}: {exc}') from None
        default = entry.get('default_project')
        user = User(
            entry.get('id') or make_id('user', domain.id, entry['name']), entry['name'], domain.id,
            entry['password'], default and self._project(default, domain.id, where).id,
            entry.get('email'), entry.get('description', ''), entry.get('enabled', True))
        _add(self._users, 'user', user, domain.id)
        for name, roles in entry.get('projects', {}).items():
            self._grant(user, Scope('project', self._project(str(name), domain.id, where).id), roles, where)
        for name, roles in entry.get('domains', {}).items():
            self._grant(user, Scope('domain', self._domain({'domain': str(name)}, where).id), roles, where)
        self._grant(user, SYSTEM, entry.get('system', []), where)

    def _grant(self, user: User, scope: Scope, roles, where: str) -> None:
        names = _roles(roles, f'{where}, {scope.kind}')
        if names:
            self._grants[user.id, scope] = (*self._grants.get((user.id, scope), ()), *names)

    def _add_service_user(self) -> None:
        if not any(each.name == SERVICE_PROJECT and each.domain_id == DEFAULT_DOMAIN.id
                   for each in self._projects.values()):
            self._add_project({'name': SERVICE_PROJECT})
        self._add_user({
            'name': SERVICE_USER, 'password': keys.current().derive('service user').hex(),
            'description': 'Asks about tokens for the other APIs',
            'projects': {SERVICE_PROJECT: [SERVICE_ROLE]}})


def _add(things: dict, kind: str, thing, domain_id: str) -> None:
    if any(each.name.casefold() == thing.name.casefold() and getattr(each, 'domain_id', '') == domain_id
           for each in things.values()):
        raise ValueError(f'there are two {kind}s {thing.name}')
    if thing.id in things:
        raise ValueError(f'there are two {kind}s with the id {thing.id}')
    things[thing.id] = thing


def _roles(names, where: str) -> tuple[str, ...]:
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        raise ValueError(f'{where}: roles are not a list of names')
    return tuple(dict.fromkeys(names))
