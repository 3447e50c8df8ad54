"""The application at /v3: finds out whose token a request has, and tells of errors as Keystone does."""

import webob.exc

from minova import context, exception
from minova.api import rest
from minova.api.identity import (
    application_credentials,
    projects,
    read_only,
    roles,
    services,
    tokens,
    users,
    versions,
    views,
)
from minova.conf import CONF
from minova.identity import directory
from minova.identity import tokens as identity_tokens


class IdentityV3(rest.Service):

    controllers = (
        versions.Root, tokens.Tokens, tokens.Scopes, users.Users, projects.Domains, projects.Projects,
        roles.Roles, roles.RoleAssignments, services.Services, services.Endpoints, services.Regions,
        application_credentials.ApplicationCredentials, read_only.ReadOnly)

    def __init__(self):
        super().__init__()
        directory.current()     # a users file that makes no sense is told of now, not to the first client

    def __call__(self, environ, start_response):
        def start_with_realm(status, headers, exc_info=None):
            if status.startswith('401'):
                url = views.root_url(rest.Request(environ))
                headers = [*headers, ('WWW-Authenticate', f'Keystone uri="{url}"')]
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        return super().__call__(environ, start_with_realm)

    def _answer(self, req):
        # Not in a filter: whatever fails here is to be told in Keystone's form, too.
        text = req.headers.get('X-Auth-Token')
        if text:
            _identify(req, text)
        return super()._answer(req)

    def fault(self, error: webob.exc.WSGIHTTPException, cause: Exception | None):
        message = error.explanation
        if isinstance(cause, exception.PolicyNotAuthorized):
            message = f'You are not authorized to perform the requested action: {cause.kwargs["action"]}.'
        return views.fault(error.code, message, error.title, rest.allow_header(error))


def _identify(req: rest.Request, text: str) -> None:
    """Put the token, and the context that follows from it, into the environment of the request."""
    try:
        token = identity_tokens.validate(text)
    except exception.TokenNotFound:
        return
    remote_address = req.environ.get('REMOTE_ADDR')
    if CONF.use_forwarded_for:
        remote_address = req.headers.get('X-Forwarded-For', remote_address)
    req.environ[tokens.TOKEN] = token
    req.environ['nova.context'] = context.RequestContext(
        user_id=token.user.id, user_name=token.user.name, user_domain_id=token.user.domain_id,
        project_id=token.project_id, domain_id=token.domain_id,
        system_scope='all' if token.scope and token.scope.kind == 'system' else None,
        roles=token.role_names, is_admin=None, remote_address=remote_address,
        request_id=req.environ.get('openstack.request_id'))
