"""Users, and the groups that nobody is in."""

from minova import exception
from minova.api import rest
from minova.api.identity import filters, views
from minova.identity import directory
from minova.policies import identity as policies


class Users(rest.Controller):

    @rest.route('GET', '/users')
    def index(self, req):
        req.context.can(policies.LIST_USERS)
        users = filters.matching(req, directory.current().users.values(), ('name', 'domain_id', 'enabled'))
        return views.listing(req, 'users', [views.user(req, each) for each in users])

    @rest.route('GET', '/users/{user_id}')
    def show(self, req, user_id):
        req.context.can(policies.GET_USER, {'user_id': user_id})
        return {'user': views.user(req, _get(user_id))}

    @rest.route('GET', '/users/{user_id}/projects')
    def projects(self, req, user_id):
        req.context.can(policies.LIST_USER_PROJECTS, {'user_id': user_id})
        who = directory.current()
        projects = [who.projects[id] for id in who.scopes_of(_get(user_id).id, 'project')]
        projects = filters.matching(req, projects, ('name', 'domain_id', 'enabled'))
        return views.listing(req, 'projects', [views.project(req, each) for each in projects])

    @rest.route('GET', '/users/{user_id}/groups')
    def groups_of(self, req, user_id):
        req.context.can(policies.LIST_GROUPS_FOR_USER, {'user_id': user_id})
        _get(user_id)
        return views.listing(req, 'groups', [])

    @rest.route('GET', '/groups')
    def groups(self, req):
        req.context.can(policies.LIST_GROUPS)
        return views.listing(req, 'groups', [])

    @rest.route('GET', '/groups/{group_id}')
    def group(self, req, group_id):
        req.context.can(policies.LIST_GROUPS)
        raise exception.IdentityNotFound(kind='group', id=group_id)


def _get(user_id: str) -> directory.User:
    user = directory.current().users.get(user_id)
    if user is None:
        raise exception.IdentityNotFound(kind='user', id=user_id)
    return user
