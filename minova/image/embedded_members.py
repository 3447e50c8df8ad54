"""The projects that images of the embedded image service are shared with."""

from minova import exception
from minova.conf import CONF
from minova.db import image_members as db


class Members:
    """What contract.API says about members. Needs `get`."""

    def get_members(self, context, image_id):
        image = self._get_shared(context, image_id)
        return db.get_all(image_id, None if _is_owner(context, image) else context.project_id)

    def get_member(self, context, image_id, member):
        image = self._get_shared(context, image_id)
        found = db.get_all(image_id, member)
        if not found or not (_is_owner(context, image) or member == context.project_id):
            raise exception.ImageMemberNotFound(image_id=image_id, member=member)
        return found[0]

    def add_member(self, context, image_id, member):
        self._check_owner(context, self._get_shared(context, image_id))
        maximum = CONF.image.image_member_quota
        outcome = db.add(image_id, member, maximum)
        if outcome == 'gone':
            raise exception.ImageNotFound(image_id=image_id)
        if outcome == 'exists':
            raise exception.ImageMemberExists(image_id=image_id, member=member)
        if outcome == 'full':
            raise exception.ImageMemberLimitExceeded(image_id=image_id, maximum=maximum)
        return self.get_member(context, image_id, member)

    def set_member_status(self, context, image_id, member, status):
        self.get_member(context, image_id, member)
        if not (context.is_admin or member == context.project_id):
            raise exception.ImageNotAuthorized(image_id=image_id)
        if not db.set_status(image_id, member, status):
            raise exception.ImageMemberNotFound(image_id=image_id, member=member)
        return self.get_member(context, image_id, member)

    def remove_member(self, context, image_id, member):
        self._check_owner(context, self._get_shared(context, image_id))
        if not db.remove(image_id, member):
            raise exception.ImageMemberNotFound(image_id=image_id, member=member)

    def _get_shared(self, context, image_id: str) -> dict:
        image = self.get(context, image_id)
        if image['visibility'] != 'shared':
            raise exception.ImageNotShared()
        return image

    def _check_owner(self, context, image: dict) -> None:
        if not _is_owner(context, image):
            raise exception.ImageNotAuthorized(image_id=image['id'])


def _is_owner(context, image: dict) -> bool:
    return context.is_admin or image['owner'] == context.project_id
