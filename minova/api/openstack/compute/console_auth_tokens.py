"""os-console-auth-tokens: where a console is that a token opens, for proxies."""

import webob.exc

from minova import compute
from minova.api.openstack import extensions, wsgi
from minova.policies import console_auth_tokens as policies

ALIAS = 'os-console-auth-tokens'
_SHOWN = ('instance_uuid', 'host', 'port', 'internal_access_path')


class ConsoleAuthTokensController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.compute_api = compute.API()

    @extensions.expected_errors((400, 401, 404))
    def show(self, req, id):
        context = req.context
        context.can(policies.BASE)
        info = self.compute_api.get_console_connect_info(context, id)
        if info is None:
            raise webob.exc.HTTPNotFound(explanation='Token not found')
        if info['console_type'] != 'rdp-html5':
            # Proxies of the other types look tokens up by themselves.
            raise webob.exc.HTTPUnauthorized(
                explanation='The requested console type details are not accessible')
        return {'console': {name: info[name] for name in _SHOWN}}


class ConsoleAuthTokens(extensions.V21APIExtensionBase):
    """os-console-auth-tokens."""

    name = 'ConsoleAuthTokens'
    alias = ALIAS
    description = 'Console token authentication support.'

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, ConsoleAuthTokensController(), member_name='console_auth_token')]

    def get_controller_extensions(self):
        return []
