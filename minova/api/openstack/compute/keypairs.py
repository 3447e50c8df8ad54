"""Key pairs: list, show, create, import, delete.

Since 2.2 a key pair has a type; since 2.10 administrators can manage those of other users.
"""

import webob.exc

from minova import compute, exception
from minova.api import validation
from minova.api.openstack import attributes, extensions, wsgi
from minova.api.openstack.compute.schemas import keypairs as schema
from minova.api.openstack.compute.views import keypairs as keypairs_view
from minova.policies import keypairs as policies

ALIAS = 'os-keypairs'


class KeypairController(wsgi.Controller):

    _view_builder_class = keypairs_view.ViewBuilder

    def __init__(self):
        super().__init__()
        self.api = compute.KeypairAPI()

    @wsgi.Controller.api_version('2.1', '2.1')
    @extensions.expected_errors((400, 403, 409))
    @validation.schema(schema.create)
    def create(self, req, body):
        return self._create(req, body)

    @wsgi.Controller.api_version('2.2', '2.9')  # noqa: F811
    @wsgi.response(201)
    @extensions.expected_errors((400, 403, 409))
    @validation.schema(schema.create_v22)
    def create(self, req, body):  # noqa: F811
        return self._create(req, body, with_type=True)

    @wsgi.Controller.api_version('2.10')
    @wsgi.response(201)
    @extensions.expected_errors((400, 403, 409))
    @validation.schema(schema.create_v210)
    def create(self, req, body):  # noqa: F811
        return self._create(req, body, with_type=True, user_id=body['keypair'].get('user_id'))

    def _create(self, req, body, with_type=False, user_id=None):
        context = req.context
        user_id = _authorized_user(context, policies.CREATE, user_id)
        params = body['keypair']
        name, key_type, private_key = params['name'].strip(), params.get('type', 'ssh'), None
        try:
            if 'public_key' in params:
                keypair = self.api.import_key_pair(context, user_id, name, params['public_key'],
                                                   key_type)
            else:
                keypair, private_key = self.api.create_key_pair(context, user_id, name, key_type)
        except exception.KeypairLimitExceeded:
            raise webob.exc.HTTPForbidden(
                explanation='Quota exceeded, too many key pairs.') from None
        except exception.InvalidKeypair as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None
        except exception.KeyPairExists as e:
            raise webob.exc.HTTPConflict(explanation=e.message) from None
        return self._view_builder.create(keypair, with_type, private_key)

    @wsgi.Controller.api_version('2.1', '2.1')
    @wsgi.response(202)
    @extensions.expected_errors(404)
    def delete(self, req, id):
        self._delete(req, id)

    @wsgi.Controller.api_version('2.2', '2.9')
    @wsgi.response(204)
    @extensions.expected_errors(404)
    def delete(self, req, id):  # noqa: F811
        self._delete(req, id)

    @wsgi.Controller.api_version('2.10')
    @wsgi.response(204)
    @extensions.expected_errors(404)
    def delete(self, req, id):  # noqa: F811
        self._delete(req, id, _user_id_param(req))

    def _delete(self, req, name, user_id=None):
        user_id = _authorized_user(req.context, policies.DELETE, user_id)
        try:
            self.api.delete_key_pair(req.context, user_id, name)
        except exception.KeypairNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None

    @wsgi.Controller.api_version('2.1', '2.1')
    @extensions.expected_errors(404)
    def show(self, req, id):
        return self._show(req, id)

    @wsgi.Controller.api_version('2.2', '2.9')
    @extensions.expected_errors(404)
    def show(self, req, id):  # noqa: F811
        return self._show(req, id, with_type=True)

    @wsgi.Controller.api_version('2.10')
    @extensions.expected_errors(404)
    def show(self, req, id):  # noqa: F811
        return self._show(req, id, with_type=True, user_id=_user_id_param(req))

    def _show(self, req, name, with_type=False, user_id=None):
        user_id = _authorized_user(req.context, policies.SHOW, user_id)
        try:
            keypair = self.api.get_key_pair(req.context, user_id, name)
        except exception.KeypairNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None
        return self._view_builder.show(keypair, with_type)

    @wsgi.Controller.api_version('2.1', '2.1')
    @extensions.expected_errors(())
    def index(self, req):
        return self._index(req)

    @wsgi.Controller.api_version('2.2', '2.9')
    @extensions.expected_errors(())
    def index(self, req):  # noqa: F811
        return self._index(req, with_type=True)

    @wsgi.Controller.api_version('2.10')
    @extensions.expected_errors(())
    def index(self, req):  # noqa: F811
        return self._index(req, with_type=True, user_id=_user_id_param(req))

    def _index(self, req, with_type=False, user_id=None):
        user_id = _authorized_user(req.context, policies.INDEX, user_id)
        return self._view_builder.index(self.api.get_key_pairs(req.context, user_id), with_type)


def _user_id_param(req) -> str | None:
    """The user whose key pairs are meant; the first one, if several are named."""
    values = req.GET.getall('user_id')
    return values[0] if values else None


def _authorized_user(context, rule: str, user_id: str | None) -> str:
    """Whose key pairs are meant (by default the caller's), if the context may do so."""
    user_id = user_id or context.user_id
    context.can(rule, {'user_id': user_id, 'project_id': context.project_id})
    return user_id


class ServerKeyNameController(attributes.AttributesController):
    """Adds key_name to servers."""

    rule = policies.BASE

    def add(self, req, servers: list[dict]) -> None:
        for server in servers:
            server['key_name'] = req.get_db_instance(server['id'])['key_name']


class Keypairs(extensions.V21APIExtensionBase):
    """Key pairs."""

    name = 'Keypairs'
    alias = ALIAS
    description = 'Keypair Support.'

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, KeypairController(), member_name='keypair')]

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', ServerKeyNameController())]


class KeypairsHook:
    """Takes key_name from the request to create a server."""

    alias = ALIAS

    def server_create(self, server, create_kwargs, body):
        create_kwargs['key_name'] = server.get('key_name')

    def get_server_create_schema(self):
        return schema.server_create
