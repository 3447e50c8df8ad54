"""Projects and domains."""

from minova import exception
from minova.api import rest
from minova.api.identity import filters, views
from minova.identity import directory
from minova.identity.directory import Scope
from minova.policies import identity as policies


class Projects(rest.Controller):

    @rest.route('GET', '/projects')
    def index(self, req):
        req.context.can(policies.LIST_PROJECTS)
        # A domain is the parent of all its projects; there are no deeper trees.
        if filters.is_set(req, 'is_domain'):
            return views.listing(req, 'projects', [])
        projects = filters.matching(req, directory.current().projects.values(),
                                    ('name', 'domain_id', 'enabled', 'parent_id'))
        return views.listing(req, 'projects', [views.project(req, each) for each in projects])

    @rest.route('GET', '/projects/{project_id}')
    def show(self, req, project_id):
        who = directory.current()
        req.context.can(policies.GET_PROJECT, {
            'project_id': project_id,
            'is_member': bool(who.roles_of(req.context.user_id, Scope('project', project_id)))})
        return {'project': views.project(req, _get(who.projects, 'project', project_id))}


class Domains(rest.Controller):

    @rest.route('GET', '/domains')
    def index(self, req):
        req.context.can(policies.LIST_DOMAINS)
        domains = filters.matching(req, directory.current().domains.values(), ('name', 'enabled'))
        return views.listing(req, 'domains', [views.domain(req, each) for each in domains])

    @rest.route('GET', '/domains/{domain_id}')
    def show(self, req, domain_id):
        req.context.can(policies.GET_DOMAIN, {'domain_id': domain_id})
        return {'domain': views.domain(req, _get(directory.current().domains, 'domain', domain_id))}


def _get(things: dict, kind: str, id: str):
    try:
        return things[id]
    except KeyError:
        raise exception.IdentityNotFound(kind=kind, id=id) from None
