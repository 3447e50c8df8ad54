"""The content of images: upload, download, import; and withholding it."""

import re
from collections.abc import Iterator

import webob.exc

from minova import exception
from minova import image as image_service
from minova.api import rest, sizelimit
from minova.api.image import common
from minova.conf import CONF
from minova.policies import image as policies

_BLOCK = 256 * 1024
_METHOD = 'glance-direct'
_UPLOADS = re.compile('/images/[^/]+/(file|stage)')


class SizeLimit(sizelimit.RequestBodySizeLimiter):
    """Bodies are small, but those that are the content of an image, and read in blocks."""

    def is_limited(self, environ) -> bool:
        return not (environ['REQUEST_METHOD'] == 'PUT' and _UPLOADS.fullmatch(environ.get('PATH_INFO', '')))


class Data(rest.Controller):

    def __init__(self):
        self.image_api = image_service.API()

    @rest.route('PUT', '/images/{image_id}/file', code=204)
    def upload(self, req, image_id):
        self._upload(req, image_id, staged=False)

    @rest.route('PUT', '/images/{image_id}/stage', code=204)
    def stage(self, req, image_id):
        self._upload(req, image_id, staged=True)

    def _upload(self, req, image_id: str, staged: bool) -> None:
        if req.content_type != 'application/octet-stream':
            raise webob.exc.HTTPUnsupportedMediaType(
                explanation=f'Invalid content type {req.content_type or None}')
        common.get(req, image_id, policies.UPLOAD_IMAGE)
        limit = CONF.image.image_size_cap
        if (req.content_length or 0) > limit:
            raise exception.ImageTooLarge(limit=limit)
        self.image_api.upload(req.context, image_id, _blocks(req, image_id), staged)

    @rest.route('GET', '/images/{image_id}/file')
    def download(self, req, image_id):
        image = common.get(req, image_id, policies.DOWNLOAD_IMAGE)
        size = int(image['size'] or 0)
        part = None
        if req.range is not None:
            part = req.range.range_for_length(size)
            if part is None:
                raise webob.exc.HTTPRequestRangeNotSatisfiable(
                    explanation=f'The image has {size} bytes.', headers={'Content-Range': f'bytes */{size}'})
        start, stop = part or (0, size)
        content = self.image_api.download(req.context, image_id, start, stop - start if part else None)
        if content is None:
            return None
        answer = webob.Response(content_type='application/octet-stream', app_iter=content,
                                content_length=content.length, accept_ranges='bytes')
        if part:
            answer.status = 206
            answer.content_range = (start, stop, size)
        elif image['checksum']:
            answer.content_md5 = image['checksum']
        return answer


class Importing(rest.Controller):

    def __init__(self):
        self.image_api = image_service.API()

    @rest.route('GET', '/info/import')
    def info(self, req):
        return {'import-methods': {'description': 'Import methods available.', 'type': 'array',
                                   'value': [_METHOD]}}

    @rest.route('POST', '/images/{image_id}/import')
    def start(self, req, image_id):
        body = req.json
        method = body.get('method') if isinstance(body, dict) else None
        if not isinstance(method, dict):
            raise webob.exc.HTTPBadRequest(explanation="Import request requires a 'method' field.")
        if 'name' not in method:
            raise webob.exc.HTTPBadRequest(explanation="Import request requires a 'name' field.")
        if method['name'] != _METHOD:
            raise webob.exc.HTTPBadRequest(explanation=f"Unknown import method name '{method['name']}'.")
        image = common.get(req, image_id, policies.UPLOAD_IMAGE)
        if image['status'] == 'active':
            raise webob.exc.HTTPConflict(explanation='Image with status active cannot be target for import')
        self.image_api.import_staged(req.context, image_id)
        return rest.json_answer(202, None)

    @rest.route('GET', '/images/{image_id}/tasks')
    def tasks(self, req, image_id):
        """Contents are there when the request that gave them is answered: no task is left."""
        common.get(req, image_id, policies.GET_IMAGE)
        return {'tasks': []}


class Actions(rest.Controller):

    def __init__(self):
        self.image_api = image_service.API()

    @rest.route('POST', '/images/{image_id}/actions/deactivate', code=204)
    def deactivate(self, req, image_id):
        common.get(req, image_id, policies.DEACTIVATE)
        self._do(self.image_api.deactivate, req, image_id, 'deactivate')

    @rest.route('POST', '/images/{image_id}/actions/reactivate', code=204)
    def reactivate(self, req, image_id):
        common.get(req, image_id, policies.REACTIVATE)
        self._do(self.image_api.reactivate, req, image_id, 'reactivate')

    def _do(self, method, req, image_id: str, name: str) -> None:
        try:
            method(req.context, image_id)
        except exception.ImageStatusConflict as e:
            raise webob.exc.HTTPForbidden(
                explanation=f"Not allowed to {name} image in status '{e.kwargs['current']}'") from None


def _blocks(req, image_id: str) -> Iterator[bytes]:
    """The body of the request. Raises ImageContentIncomplete when it is shorter than was said."""
    stream = req.environ['wsgi.input']
    left = req.content_length
    if left is None and not sizelimit.ends(req.environ):
        return
    while left is None or left > 0:
        try:
            block = stream.read(_BLOCK if left is None else min(_BLOCK, left))
        except (OSError, ValueError) as e:
            raise exception.ImageContentIncomplete(image_id=image_id) from e
        if not block:
            if left:
                raise exception.ImageContentIncomplete(image_id=image_id)
            return
        left = None if left is None else left - len(block)
        yield block
