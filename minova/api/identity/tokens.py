"""Logging in, and asking about tokens."""

import webob.exc

from minova import exception
from minova.api import rest, token_cache
from minova.api.identity import filters, schemas, views
from minova.identity import directory, login, tokens
from minova.policies import identity as policies

#: Key of the environment under which the request's own token is kept (minova.identity.tokens.Token).
TOKEN = 'minova.identity.token'
_SUBJECT = 'X-Subject-Token'


class Tokens(rest.Controller):
    """The token of the header X-Subject-Token."""

    @rest.route('POST', '/auth/tokens', public=True)
    def create(self, req):
        """Log in."""
        schemas.check(req.json, schemas.AUTHENTICATION)
        text, token = login.authenticate(req.json['auth'])
        return rest.json_answer(201, views.token(req, token, _wants_catalog(req)), {_SUBJECT: text})

    @rest.route('GET', '/auth/tokens')
    def show(self, req):
        """What the token means, if it is valid."""
        text = _subject(req)
        expired_too = filters.is_set(req, 'allow_expired')
        token = tokens.validate(text, expired_too)
        req.context.can(policies.VALIDATE_TOKEN, {'user_id': token.user.id})
        return rest.json_answer(200, views.token(req, token, _wants_catalog(req)), {_SUBJECT: text})

    @rest.route('DELETE', '/auth/tokens')
    def delete(self, req):
        """End the token before its time."""
        token = tokens.validate(_subject(req))
        req.context.can(policies.REVOKE_TOKEN, {'user_id': token.user.id})
        tokens.revoke(token)
        token_cache.shared.clear()


class Scopes(rest.Controller):
    """What the request's own token may be exchanged for."""

    @rest.route('GET', '/auth/catalog')
    def catalog(self, req):
        token = req.environ[TOKEN]
        if not token.scope:
            raise exception.IdentityForbidden(action='it needs a token with a scope')
        return views.listing(req, 'catalog', views.catalog_of(req, token))

    @rest.route('GET', '/auth/projects')
    def projects(self, req):
        who = directory.current()
        return views.listing(req, 'projects', [
            views.project(req, who.projects[id]) for id in who.scopes_of(req.context.user_id, 'project')])

    @rest.route('GET', '/auth/domains')
    def domains(self, req):
        who = directory.current()
        return views.listing(req, 'domains', [
            views.domain(req, who.domains[id]) for id in who.scopes_of(req.context.user_id, 'domain')])

    @rest.route('GET', '/auth/system')
    def system(self, req):
        has_role = directory.current().roles_of(req.context.user_id, directory.SYSTEM)
        return views.listing(req, 'system', [{'all': True}] if has_role else [])


def _subject(req: rest.Request) -> str:
    text = req.headers.get(_SUBJECT)
    if not text:
        raise webob.exc.HTTPBadRequest(explanation=f'The header {_SUBJECT} is missing.')
    return text


def _wants_catalog(req: rest.Request) -> bool:
    return 'nocatalog' not in req.GET
