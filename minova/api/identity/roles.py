"""Roles, and who has which of them where."""

from minova import exception
from minova.api import rest
from minova.api.identity import filters, views
from minova.identity import directory
from minova.identity.directory import Role, Scope
from minova.policies import identity as policies


class Roles(rest.Controller):

    @rest.route('GET', '/roles')
    def index(self, req):
        req.context.can(policies.LIST_ROLES)
        roles = filters.matching(req, directory.current().roles.values(), ('name',))
        return views.listing(req, 'roles', [views.role(req, each) for each in roles])

    @rest.route('GET', '/roles/{role_id}')
    def show(self, req, role_id):
        req.context.can(policies.GET_ROLE)
        for each in directory.current().roles.values():
            if each.id == role_id:
                return {'role': views.role(req, each)}
        raise exception.IdentityNotFound(kind='role', id=role_id)

    @rest.route('GET', '/projects/{project_id}/users/{user_id}/roles')
    def in_project(self, req, project_id, user_id):
        return self._list(req, user_id, Scope('project', project_id))

    @rest.route('GET', '/domains/{domain_id}/users/{user_id}/roles')
    def in_domain(self, req, domain_id, user_id):
        return self._list(req, user_id, Scope('domain', domain_id))

    @rest.route('GET', '/system/users/{user_id}/roles')
    def in_system(self, req, user_id):
        return self._list(req, user_id, directory.SYSTEM)

    @rest.route('GET', '/projects/{project_id}/users/{user_id}/roles/{role_id}')
    def check_in_project(self, req, project_id, user_id, role_id):
        self._check(req, user_id, Scope('project', project_id), role_id)

    @rest.route('GET', '/domains/{domain_id}/users/{user_id}/roles/{role_id}')
    def check_in_domain(self, req, domain_id, user_id, role_id):
        self._check(req, user_id, Scope('domain', domain_id), role_id)

    @rest.route('GET', '/system/users/{user_id}/roles/{role_id}')
    def check_in_system(self, req, user_id, role_id):
        self._check(req, user_id, directory.SYSTEM, role_id)

    @staticmethod
    def _list(req, user_id: str, scope: Scope) -> dict:
        req.context.can(policies.LIST_ROLE_ASSIGNMENTS)
        return views.listing(req, 'roles', [views.role(req, each) for each in _granted(user_id, scope)])

    @staticmethod
    def _check(req, user_id: str, scope: Scope, role_id: str) -> None:
        req.context.can(policies.LIST_ROLE_ASSIGNMENTS)
        if all(each.id != role_id for each in _granted(user_id, scope)):
            raise exception.IdentityNotFound(kind='role', id=role_id)


class RoleAssignments(rest.Controller):

    @rest.route('GET', '/role_assignments')
    def index(self, req):
        req.context.can(policies.LIST_ROLE_ASSIGNMENTS)
        who = directory.current()
        named = filters.is_set(req, 'include_names')
        effective = filters.is_set(req, 'effective')
        listed = []
        for (user_id, scope), names in who.grants.items():
            roles = who.roles_of(user_id, scope) if effective else [who.roles[name] for name in names]
            listed += [views.assignment(req, who.users[user_id], scope, role, named)
                       for role in roles if _is_asked_for(req, user_id, scope, role)]
        return views.listing(req, 'role_assignments', listed)


def _granted(user_id: str, scope: Scope) -> list[Role]:
    """What the file says, without what is implied."""
    who = directory.current()
    return [who.roles[name] for name in who.grants.get((user_id, scope), ())]


def _is_asked_for(req: rest.Request, user_id: str, scope: Scope, role: Role) -> bool:
    if 'group.id' in req.GET:
        return False        # there are no groups
    if 'scope.system' in req.GET and scope.kind != 'system':
        return False
    actual = {'user.id': user_id, 'role.id': role.id, 'scope.project.id': None, 'scope.domain.id': None,
              f'scope.{scope.kind}.id': scope.id}
    return all(req.GET.get(name, value) == value for name, value in actual.items())
