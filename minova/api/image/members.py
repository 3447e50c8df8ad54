"""The projects that an image is shared with."""

import webob.exc

from minova import exception
from minova import image as image_service
from minova.api import rest
from minova.api.image import common
from minova.image.contract import MEMBER_STATUSES
from minova.policies import image as policies

_EXPECTED = 'Expected a %(name)s in the form: {"%(name)s": "..."}'


class Members(rest.Controller):

    def __init__(self):
        self.image_api = image_service.API()

    @rest.route('GET', '/images/{image_id}/members')
    def index(self, req, image_id):
        common.get(req, image_id, policies.GET_MEMBERS)
        try:
            found = self.image_api.get_members(req.context, image_id)
        except exception.ImageNotShared as e:
            raise webob.exc.HTTPForbidden(
                explanation=f'Not allowed to list members for image {image_id}: {e.message}') from None
        return {'members': [_view(member) for member in found], 'schema': '/v2/schemas/members'}

    @rest.route('POST', '/images/{image_id}/members')
    def create(self, req, image_id):
        member = _from_body(req, 'member', 'Member to be added not specified')
        if not member:
            raise webob.exc.HTTPBadRequest(explanation="Member can't be empty")
        if not isinstance(member, str) or len(member) > 255:
            raise webob.exc.HTTPBadRequest(explanation=_EXPECTED % {'name': 'member'})
        with _refused(req, image_id, 'create', policies.ADD_MEMBER):
            return _view(self.image_api.add_member(req.context, image_id, member))

    @rest.route('GET', '/images/{image_id}/members/{member_id}')
    def show(self, req, image_id, member_id):
        common.get(req, image_id, policies.GET_MEMBERS)
        try:
            return _view(self.image_api.get_member(req.context, image_id, member_id))
        except exception.ImageNotShared as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None

    @rest.route('PUT', '/images/{image_id}/members/{member_id}')
    def update(self, req, image_id, member_id):
        status = _from_body(req, 'status', 'Status not specified')
        if status not in MEMBER_STATUSES:
            raise webob.exc.HTTPBadRequest(explanation='Incorrect request: Status must be "pending", '
                                                       '"accepted" or "rejected".')
        with _refused(req, image_id, 'update', policies.MODIFY_MEMBER):
            return _view(self.image_api.set_member_status(req.context, image_id, member_id, status))

    @rest.route('DELETE', '/images/{image_id}/members/{member_id}')
    def delete(self, req, image_id, member_id):
        with _refused(req, image_id, 'delete', policies.DELETE_MEMBER):
            self.image_api.remove_member(req.context, image_id, member_id)


class _refused:
    """A context for what is done to members: asks the policy, and says in Glance's words what is refused."""

    def __init__(self, req, image_id: str, operation: str, rule: str):
        self._image_id, self._operation = image_id, operation
        self._req, self._rule = req, rule

    def __enter__(self):
        try:
            common.get(self._req, self._image_id, self._rule)
        except exception.PolicyNotAuthorized:
            raise self._forbidden() from None

    def __exit__(self, cls, error, traceback):
        if isinstance(error, (exception.ImageNotShared, exception.ImageNotAuthorized)):
            raise self._forbidden() from None

    def _forbidden(self) -> webob.exc.HTTPForbidden:
        return webob.exc.HTTPForbidden(
            explanation=f'Not allowed to {self._operation} members for image {self._image_id}.')


def _from_body(req, name: str, missing: str):
    body = req.json
    if not isinstance(body, dict):
        raise webob.exc.HTTPBadRequest(explanation=_EXPECTED % {'name': name})
    if name not in body:
        raise webob.exc.HTTPBadRequest(explanation=missing)
    return body[name]


def _view(member: dict) -> dict:
    return {'member_id': member['member'], 'image_id': member['image_id'], 'status': member['status'],
            'created_at': common.isotime(member['created_at']),
            'updated_at': common.isotime(member['updated_at'] or member['created_at']),
            'schema': '/v2/schemas/member'}
