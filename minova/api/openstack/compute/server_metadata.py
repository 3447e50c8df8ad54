"""The metadata of servers."""

import webob.exc

from minova import compute, exception
from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.schemas import server_metadata as schemas
from minova.policies import server_metadata as policies

ALIAS = 'server-metadata'


class ServerMetadataController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.compute_api = compute.API()

    @extensions.expected_errors(404)
    def index(self, req, server_id):
        req.context.can(policies.INDEX)
        return {'metadata': self._get_metadata(req, server_id)}

    @extensions.expected_errors(404)
    def show(self, req, server_id, id):
        req.context.can(policies.SHOW)
        metadata = self._get_metadata(req, server_id)
        if id not in metadata:
            raise _item_not_found()
        return {'meta': {id: metadata[id]}}

    @extensions.expected_errors((400, 403, 404, 409, 413))
    @validation.schema(schemas.create)
    def create(self, req, server_id, body):
        req.context.can(policies.CREATE)
        return {'metadata': self._update(req, server_id, body['metadata'])}

    @extensions.expected_errors((400, 403, 404, 409, 413))
    @validation.schema(schemas.update)
    def update(self, req, server_id, id, body):
        req.context.can(policies.UPDATE)
        meta = body['meta']
        if id not in meta:
            raise webob.exc.HTTPBadRequest(explanation='Request body and URI mismatch')
        self._update(req, server_id, meta)
        return {'meta': meta}

    @extensions.expected_errors((400, 403, 404, 409, 413))
    @validation.schema(schemas.update_all)
    def update_all(self, req, server_id, body):
        req.context.can(policies.UPDATE_ALL)
        return {'metadata': self._update(req, server_id, body['metadata'], delete=True)}

    @wsgi.response(204)
    @extensions.expected_errors((404, 409))
    def delete(self, req, server_id, id):
        req.context.can(policies.DELETE)
        instance = common.get_instance(self.compute_api, req.context, server_id)
        if id not in instance['metadata']:
            raise _item_not_found()
        try:
            self.compute_api.delete_instance_metadata(req.context, instance, id)
        except exception.InstanceNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None
        except exception.InstanceIsLocked as e:
            raise webob.exc.HTTPConflict(explanation=e.message) from None
        except exception.InstanceInvalidState as e:
            common.raise_http_conflict_for_instance_invalid_state(e, 'delete metadata', server_id)

    def _get_metadata(self, req, server_id: str) -> dict:
        return common.get_instance(self.compute_api, req.context, server_id)['metadata']

    def _update(self, req, server_id: str, metadata: dict, delete: bool = False) -> dict:
        instance = common.get_instance(self.compute_api, req.context, server_id)
        try:
            return self.compute_api.update_instance_metadata(
                req.context, instance, metadata, delete)
        except exception.InstanceNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None
        except exception.InvalidMetadata as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None
        except exception.InvalidMetadataSize as e:
            raise webob.exc.HTTPRequestEntityTooLarge(explanation=e.message) from None
        except exception.QuotaError as e:
            raise webob.exc.HTTPForbidden(explanation=e.message) from None
        except exception.InstanceIsLocked as e:
            raise webob.exc.HTTPConflict(explanation=e.message) from None
        except exception.InstanceInvalidState as e:
            common.raise_http_conflict_for_instance_invalid_state(e, 'update metadata', server_id)


def _item_not_found() -> webob.exc.HTTPNotFound:
    return webob.exc.HTTPNotFound(explanation='Metadata item was not found')


class ServerMetadata(extensions.V21APIExtensionBase):
    """The metadata of servers."""

    name = 'ServerMetadata'
    alias = ALIAS
    listed = False

    def get_resources(self):
        return [extensions.ResourceExtension(
            'metadata', ServerMetadataController(), member_name='server_meta',
            parent={'member_name': 'server', 'collection_name': 'servers'},
            custom_routes_fn=_connect_update_all)]

    def get_controller_extensions(self):
        return []


def _connect_update_all(mapper, wsgi_resource) -> None:
    for project in ('/{project_id}', ''):
        mapper.connect('metadata', f'{project}/servers/{{server_id}}/metadata',
                       controller=wsgi_resource, action='update_all',
                       conditions={'method': ['PUT']})
