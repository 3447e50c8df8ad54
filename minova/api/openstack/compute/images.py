"""Images: list, detail, show, delete."""

import webob.exc

from minova import exception, image
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.views import images as images_view

ALIAS = 'images'

#: Query parameter -> the filter of the image service that it stands for.
SUPPORTED_FILTERS = {
    'name': 'name',
    'status': 'status',
    'changes-since': 'changes-since',
    'server': 'property-instance_uuid',
    'type': 'property-image_type',
    'minRam': 'min_ram',
    'minDisk': 'min_disk',
}


class ImagesController(wsgi.Controller):

    _view_builder_class = images_view.ViewBuilder

    def __init__(self):
        super().__init__()
        self.image_api = image.API()

    @extensions.expected_errors(400)
    def index(self, req):
        return self._view_builder.index(req, self._get_images(req))

    @extensions.expected_errors(400)
    def detail(self, req):
        images = self._get_images(req)
        req.cache_db_items('images', images, 'id')
        return self._view_builder.detail(req, images)

    @extensions.expected_errors(404)
    def show(self, req, id):
        try:
            found = self.image_api.get(req.context, id)
        except exception.ImageNotFound:
            raise webob.exc.HTTPNotFound(explanation='Image not found.') from None
        req.cache_db_items('images', [found], 'id')
        return self._view_builder.show(req, found)

    @wsgi.response(204)
    @extensions.expected_errors((403, 404))
    def delete(self, req, id):
        try:
            self.image_api.delete(req.context, id)
        except exception.ImageNotFound:
            raise webob.exc.HTTPNotFound(explanation='Image not found.') from None
        except exception.ImageNotAuthorized:
            raise webob.exc.HTTPForbidden(
                explanation='You are not allowed to delete the image.') from None

    def _get_images(self, req) -> list[dict]:
        try:
            limit, marker = common.get_limit_and_marker(req)
            return self.image_api.get_all(req.context, _filters(req), limit, marker)
        except exception.Invalid as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None


def _filters(req) -> dict[str, str]:
    filters = {}
    for param, value in req.GET.items():
        if param in SUPPORTED_FILTERS or param.startswith('property-'):
            filters[SUPPORTED_FILTERS.get(param, param)] = value
    if 'property-instance_uuid' in filters:
        # A server may be named by its URL.
        filters['property-instance_uuid'] = filters['property-instance_uuid'].rpartition('/')[2]
    if 'status' in filters:
        filters['status'] = filters['status'].lower()
    return filters


class Images(extensions.V21APIExtensionBase):
    """The list of images."""

    name = 'Images'
    alias = ALIAS
    listed = False

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, ImagesController(), member_name='image', collection_actions={'detail': 'GET'})]

    def get_controller_extensions(self):
        return []
