"""The metadata of images, which the image service calls properties."""

from collections.abc import Callable

import webob.exc

from minova import compute, exception, image
from minova.api import validation
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.schemas import image_metadata as schemas

ALIAS = 'image-metadata'


class ImageMetadataController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.image_api = image.API()
        self.quota_api = compute.QuotaAPI()

    @extensions.expected_errors((403, 404))
    def index(self, req, image_id):
        return {'metadata': self._get_image(req.context, image_id)['properties']}

    @extensions.expected_errors((403, 404))
    def show(self, req, image_id, id):
        metadata = self._get_image(req.context, image_id)['properties']
        if id not in metadata:
            raise webob.exc.HTTPNotFound()
        return {'meta': {id: metadata[id]}}

    @extensions.expected_errors((400, 403, 404, 413))
    @validation.schema(schemas.create)
    def create(self, req, image_id, body):
        return {'metadata': self._change(
            req.context, image_id, lambda metadata: {**metadata, **body['metadata']})}

    @extensions.expected_errors((400, 403, 404, 413))
    @validation.schema(schemas.update)
    def update(self, req, image_id, id, body):
        meta = body['meta']
        if id not in meta:
            raise webob.exc.HTTPBadRequest(explanation='Request body and URI mismatch')
        self._change(req.context, image_id, lambda metadata: {**metadata, **meta})
        return {'meta': meta}

    @extensions.expected_errors((400, 403, 404, 413))
    @validation.schema(schemas.update_all)
    def update_all(self, req, image_id, body):
        return {'metadata': self._change(
            req.context, image_id, lambda _metadata: body['metadata'])}

    @wsgi.response(204)
    @extensions.expected_errors((403, 404))
    def delete(self, req, image_id, id):
        def without(metadata: dict) -> dict:
            if id not in metadata:
                raise webob.exc.HTTPNotFound(explanation='Invalid metadata key')
            return {key: value for key, value in metadata.items() if key != id}
        self._change(req.context, image_id, without, check_quota=False)

    def _get_image(self, context, image_id: str) -> dict:
        try:
            return self.image_api.get(context, image_id)
        except exception.ImageNotFound:
            raise webob.exc.HTTPNotFound(explanation='Image not found.') from None

    def _change(self, context, image_id: str, change: Callable[[dict], dict],
                check_quota: bool = True) -> dict:
        """Make of the metadata what `change` makes of it, and answer that.

        When somebody else changes it in between, it is done again with what is there then.
        """
        while True:
            before = self._get_image(context, image_id)['properties']
            after = change(before)
            if check_quota:
                self._check_quota(context, after)
            try:
                return self.image_api.update(
                    context, image_id, {'properties': after}, before)['properties']
            except exception.ImageChanged:
                continue
            except exception.ImageNotFound:
                raise webob.exc.HTTPNotFound(explanation='Image not found.') from None
            except exception.ImageNotAuthorized as e:
                raise webob.exc.HTTPForbidden(explanation=e.message) from None

    def _check_quota(self, context, metadata: dict) -> None:
        try:
            self.quota_api.limit_check(context, metadata_items=len(metadata))
        except exception.OverQuota:
            raise webob.exc.HTTPForbidden(explanation='Image metadata limit exceeded') from None


class ImageMetadata(extensions.V21APIExtensionBase):
    """The metadata of images."""

    name = 'ImageMetadata'
    alias = ALIAS
    listed = False

    def get_resources(self):
        return [extensions.ResourceExtension(
            'metadata', ImageMetadataController(), member_name='image_meta',
            parent={'member_name': 'image', 'collection_name': 'images'},
            custom_routes_fn=_connect_update_all)]

    def get_controller_extensions(self):
        return []


def _connect_update_all(mapper, wsgi_resource) -> None:
    for project in ('/{project_id}', ''):
        mapper.connect('metadata', f'{project}/images/{{image_id}}/metadata',
                       controller=wsgi_resource, action='update_all',
                       conditions={'method': ['PUT']})
