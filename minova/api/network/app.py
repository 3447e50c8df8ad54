"""The application at /v2.0, and how it tells of errors."""

import webob.exc

from minova import exception, network
from minova.api import rest
from minova.api.network import extensions, nouns, quotas, resources, routers, versions


class NetworkV2(rest.Service):

    controllers = (versions.Resources, extensions.Extensions, quotas.Quotas, routers.Interfaces,
                   *map(resources.controller, nouns.ALL))

    def __init__(self):
        """Raises NetworkWithoutPorts."""
        if not (network.backend().has_ports and network.backend().is_own):
            raise exception.NetworkWithoutPorts()
        super().__init__()

    def _answer(self, req):
        context = req.context
        if context is not None and context.project_id is None and not context.is_admin:
            raise webob.exc.HTTPForbidden(explanation='The token is for no project.')
        return super()._answer(req)

    def fault(self, error: webob.exc.WSGIHTTPException, cause: Exception | None):
        kind, message = type(cause or error).__name__, error.explanation
        if isinstance(cause, exception.PolicyNotAuthorized):
            rule = cause.kwargs['action'].partition(':')[2]
            message = f'rule:{rule} is disallowed by policy'
        return rest.json_answer(
            error.code, {'NeutronError': {'type': kind, 'message': message, 'detail': ''}},
            rest.allow_header(error))
