"""How things look: users, projects, tokens, and where they are found."""

import datetime
import re
import urllib.parse

from minova.api import rest
from minova.conf import CONF
from minova.identity import catalog, directory
from minova.identity.directory import Domain, Project, Role, Scope, User
from minova.identity.tokens import Token

_HOST = re.compile(r'([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:\d+)?')
_VERSION = {'id': 'v3.14', 'status': 'stable', 'updated': '2020-04-07T00:00:00Z'}


def _is_host(text: str) -> bool:
    """Whether it can stand in a URL. Clients may send what they like."""
    return bool(_HOST.fullmatch(text))


def _host(req: rest.Request) -> str:
    """The name or address by which the client has reached this service, as it stands in a URL."""
    if _is_host(req.host):
        return req.host.removesuffix(f':{req.host_port}')
    return urllib.parse.urlsplit(catalog.listening('identity')).hostname or '127.0.0.1'


def root_url(req: rest.Request, path: str = '') -> str:
    """The URL of the version (or of the server, for an application at its root), and below."""
    server = req.host_url if _is_host(req.host) else catalog.listening('identity')
    return server + req.script_name + urllib.parse.quote(path)


def fault(code: int, message: str, title: str, headers: dict[str, str] | None = None) -> rest.Answer:
    return rest.json_answer(code, {'error': {'code': code, 'message': message, 'title': title}}, headers)


def version(req: rest.Request, path: str = '') -> dict:
    return {**_VERSION, 'links': [{'rel': 'self', 'href': root_url(req, f'{path}/')}],
            'media-types': [{'base': 'application/json',
                             'type': 'application/vnd.openstack.identity-v3+json'}]}


def listing(req: rest.Request, name: str, items: list[dict]) -> dict:
    """A whole list; there are no pages."""
    url = root_url(req, req.path_info)
    if req.query_string:
        url += f'?{req.query_string}'
    return {name: items, 'links': {'next': None, 'self': url, 'previous': None}}


def linked(req: rest.Request, collection: str, thing: dict) -> dict:
    """`thing` with the link to itself."""
    return {**thing, 'links': {'self': root_url(req, f'/{collection}/{thing["id"]}')}}


def domain(req: rest.Request, each: Domain) -> dict:
    return linked(req, 'domains', {
        'id': each.id, 'name': each.name, 'description': each.description, 'enabled': each.enabled,
        'tags': [], 'options': {}})


def project(req: rest.Request, each: Project) -> dict:
    return linked(req, 'projects', {
        'id': each.id, 'name': each.name, 'domain_id': each.domain_id, 'parent_id': each.domain_id,
        'description': each.description, 'enabled': each.enabled, 'is_domain': False, 'tags': [],
        'options': {}})


def user(req: rest.Request, each: User) -> dict:
    shown = {'id': each.id, 'name': each.name, 'domain_id': each.domain_id,
             'description': each.description, 'enabled': each.enabled, 'password_expires_at': None,
             'options': {}}
    optional = {'email': each.email, 'default_project_id': each.default_project_id}
    return linked(req, 'users', {**shown, **{key: value for key, value in optional.items() if value}})


def role(req: rest.Request, each: Role) -> dict:
    return linked(req, 'roles', {
        'id': each.id, 'name': each.name, 'domain_id': None, 'description': None, 'options': {}})


def token(req: rest.Request, each: Token, with_catalog: bool = True) -> dict:
    """The body that tells what a token means."""
    shown = {
        'methods': list(each.methods), 'audit_ids': list(each.audit_ids),
        'issued_at': moment(each.issued_at), 'expires_at': moment(each.expires_at),
        'user': {**_named(each.user), 'password_expires_at': None}}
    if each.scope:
        shown |= _scope(each)
        shown['roles'] = [{'id': role.id, 'name': role.name} for role in each.roles]
        if with_catalog:
            shown['catalog'] = catalog_of(req, each)
    if each.credential:
        shown['application_credential'] = {
            'id': each.credential['id'], 'name': each.credential['name'],
            'restricted': not each.credential['unrestricted']}
    return {'token': shown}


def catalog_of(req: rest.Request, each: Token) -> list[dict]:
    return catalog.for_token(_host(req), each.project_id)


def moment(seconds: float) -> str:
    """Seconds since 1970, as Keystone writes a time."""
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.%fZ')


def _scope(each: Token) -> dict:
    who = directory.current()
    if each.scope.kind == 'system':
        return {'system': {'all': True}}
    if each.scope.kind == 'domain':
        found = who.domains[each.scope.id]
        return {'domain': {'id': found.id, 'name': found.name}}
    return {'project': _named(who.projects[each.scope.id]), 'is_domain': False}


def _named(thing: User | Project) -> dict:
    """Its id and name, and those of its domain."""
    found = directory.current().domains[thing.domain_id]
    return {'id': thing.id, 'name': thing.name, 'domain': {'id': found.id, 'name': found.name}}


def assignment(req: rest.Request, who: User, scope: Scope, held: Role, named: bool) -> dict:
    """That a user has a role somewhere; with the names of all that, if wanted."""
    things = directory.current()
    if scope.kind == 'system':
        where, path = {'all': True}, '/system'
    elif scope.kind == 'domain':
        found = things.domains[scope.id]
        where = {'id': scope.id, 'name': found.name} if named else {'id': scope.id}
        path = f'/domains/{scope.id}'
    else:
        where = _named(things.projects[scope.id]) if named else {'id': scope.id}
        path = f'/projects/{scope.id}'
    return {'role': {'id': held.id, 'name': held.name} if named else {'id': held.id},
            'user': _named(who) if named else {'id': who.id},
            'scope': {scope.kind: where},
            'links': {'assignment': root_url(req, f'{path}/users/{who.id}/roles/{held.id}')}}


def service(req: rest.Request, each: catalog.Service) -> dict:
    return linked(req, 'services', {
        'id': each.id, 'type': each.type, 'name': each.name, 'description': '', 'enabled': True})


def endpoint(req: rest.Request, each: catalog.Service, interface: str) -> dict | None:
    """None for one that clients cannot reach."""
    url = catalog.url(each, interface, _host(req), None)
    return url and linked(req, 'endpoints', {
        'id': catalog.endpoint_id(each, interface), 'interface': interface, 'url': url,
        'service_id': each.id, 'region': CONF.identity.region, 'region_id': CONF.identity.region,
        'enabled': True})


def region(req: rest.Request) -> dict:
    """The only one."""
    return linked(req, 'regions', {
        'id': CONF.identity.region, 'description': '', 'parent_region_id': None})


def application_credential(req: rest.Request, each: dict) -> dict:
    """`each` as minova.identity.application_credentials gives it."""
    shown = {**each, 'roles': [
        {'id': directory.make_id('role', name), 'name': name, 'domain_id': None} for name in each['roles']]}
    if each['expires_at'] is not None:
        # UTC, although Keystone does not say so here.
        shown['expires_at'] = each['expires_at'].strftime('%Y-%m-%dT%H:%M:%S.%f')
    return linked(req, f'users/{each["user_id"]}/application_credentials', shown)
