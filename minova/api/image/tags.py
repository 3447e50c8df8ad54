"""The tags of an image, one at a time."""

import webob.exc

from minova import image as image_service
from minova.api import rest
from minova.api.image import common
from minova.policies import image as policies


class Tags(rest.Controller):

    def __init__(self):
        self.image_api = image_service.API()

    @rest.route('PUT', '/images/{image_id}/tags/{tag}')
    def add(self, req, image_id, tag):
        if len(tag) > 255:
            raise webob.exc.HTTPBadRequest(explanation='A tag has at most 255 characters.')
        image = common.get(req, image_id, policies.MODIFY_IMAGE)
        common.check_quota('tags', len({*image['tags'], tag}))
        self.image_api.add_tag(req.context, image_id, tag)

    @rest.route('DELETE', '/images/{image_id}/tags/{tag}')
    def remove(self, req, image_id, tag):
        common.get(req, image_id, policies.MODIFY_IMAGE)
        self.image_api.remove_tag(req.context, image_id, tag)
