"""The backend `glance`: images are those of a real Glance, reached as [glance] says.

Glance decides who may do what, by the token that comes with a request. Contexts without one are served with
the login of the configuration, which sees everything; so what they may see is checked here.

Servers are simulated, so that images of them have no content: they are uploaded to Glance with 0 bytes.
"""

from minova import exception, sdk
from minova.image import contract, glance_content, glance_forms, links

_PATCH = 'application/openstack-images-v2.1-json-patch'
_PAGE = 100     # images that are asked for at once, where the caller wants all


class API(glance_content.Content, contract.API):

    is_own = False

    def __init__(self):
        self.service = sdk.Service('glance', 'image')

    def get(self, context, image_id):
        image = glance_forms.image(self._ask(context, 'GET', image_id).json())
        if not self._sees(context, image):
            raise exception.ImageNotFound(image_id=image_id)
        return image

    def get_all(self, context, filters=None, limit=None, marker=None, sort=(('created_at', 'desc'),)):
        filters = dict(filters or {})
        params = glance_forms.query(filters, sort)
        if params is None:
            return []
        images = []
        while limit is None or len(images) < limit:
            wanted = _PAGE if limit is None else limit - len(images)
            page = self.service.request(context, 'GET', '/images', params=[
                *params, ('limit', str(wanted)), *([('marker', marker)] if marker else [])])
            if page.status_code == 400:
                raise exception.InvalidImageQuery(reason=sdk.message(page))
            self._check(page, None)
            shown = page.json()
            images += [image for image in map(glance_forms.image, shown['images'])
                       if self._lists(context, image, filters)]
            if not shown.get('next') or not shown['images']:
                break
            marker = shown['images'][-1]['id']
        return images

    def create(self, context, values):
        body = glance_forms.body(values)
        if not context.auth_token and context.project_id:
            body.setdefault('owner', context.project_id)
        # It is made to be filled, which needs formats; that of a simulated disk is any.
        if values.get('status') in ('saving', 'active'):
            body = {'disk_format': 'raw', 'container_format': 'bare', **body}
        answer = self.service.request(context, 'POST', '/images', json=body)
        if answer.status_code == 409:
            raise exception.ImageExists(image_id=values.get('id'))
        if answer.status_code == 403:
            raise exception.ImageNotAuthorized(sdk.message(answer), image_id=values.get('id'))
        self._check(answer, None)
        image = glance_forms.image(answer.json())
        if values.get('status') == 'active':
            return self.upload(context, image['id'], ())
        return image

    def update(self, context, image_id, values, expected_properties=None):
        before = self._get_mutable(context, image_id)
        if expected_properties is not None and before['properties'] != expected_properties:
            raise exception.ImageChanged(image_id=image_id)
        changes = glance_forms.patch(before, values)
        if changes:
            before = glance_forms.image(self._ask(
                context, 'PATCH', image_id, json=changes, headers={'Content-Type': _PATCH}).json())
        if values.get('status') == 'active' and before['status'] == 'queued':
            return self.upload(context, image_id, ())
        return before

    def delete(self, context, image_id):
        if self._get_mutable(context, image_id)['protected']:
            raise exception.ImageProtected(image_id=image_id)
        self._ask(context, 'DELETE', image_id)

    def url(self, image_id):
        return links.url(image_id)

    def add_tag(self, context, image_id, tag):
        self._get_mutable(context, image_id)
        self._ask(context, 'PUT', image_id, 'tags', tag)

    def remove_tag(self, context, image_id, tag):
        if tag not in self._get_mutable(context, image_id)['tags']:
            raise exception.ImageTagNotFound(image_id=image_id, tag=tag)
        self._ask(context, 'DELETE', image_id, 'tags', tag)

    # ---- members

    def get_members(self, context, image_id):
        self._get_shared(context, image_id)
        shown = self._ask(context, 'GET', image_id, 'members').json()['members']
        return [glance_forms.member(member) for member in shown]

    def get_member(self, context, image_id, member):
        self._get_shared(context, image_id)
        return self._member(self._ask_about(context, 'GET', image_id, member))

    def add_member(self, context, image_id, member):
        self._check_mutable(context, self._get_shared(context, image_id))
        answer = self.service.request(context, 'POST', _path(image_id, 'members'), json={'member': member})
        if answer.status_code == 409:
            raise exception.ImageMemberExists(image_id=image_id, member=member)
        if answer.status_code == 413:
            raise exception.ImageMemberLimitExceeded(sdk.message(answer))
        self._check(answer, image_id)
        return self._member(answer)

    def set_member_status(self, context, image_id, member, status):
        self._get_shared(context, image_id)
        if _is_limited(context) and member != context.project_id:
            raise exception.ImageNotAuthorized(image_id=image_id)
        return self._member(self._ask_about(context, 'PUT', image_id, member, json={'status': status}))

    def remove_member(self, context, image_id, member):
        self._check_mutable(context, self._get_shared(context, image_id))
        self._ask_about(context, 'DELETE', image_id, member)

    def _ask_about(self, context, method: str, image_id: str, member: str, **kwargs):
        answer = self.service.request(context, method, _path(image_id, 'members', member), **kwargs)
        if answer.status_code == 404:
            raise exception.ImageMemberNotFound(image_id=image_id, member=member)
        self._check(answer, image_id)
        return answer

    @staticmethod
    def _member(answer) -> dict:
        return glance_forms.member(answer.json())

    def _get_shared(self, context, image_id: str) -> dict:
        image = self.get(context, image_id)
        if image['visibility'] != 'shared':
            raise exception.ImageNotShared()
        return image

    # ---- asking

    def _ask(self, context, method: str, image_id: str, *parts: str, **kwargs):
        """The answer to a request about an image. Raises ImageNotFound and others."""
        answer = self.service.request(context, method, _path(image_id, *parts), **kwargs)
        self._check(answer, image_id)
        return answer

    def _check(self, answer, image_id: str | None) -> None:
        """Raises what the status of the answer tells of, if it tells of an error."""
        if answer.status_code < 400:
            return
        if image_id is not None and answer.status_code == 404:
            raise exception.ImageNotFound(image_id=image_id)
        if image_id is not None and answer.status_code == 403:
            raise exception.ImageNotAuthorized(sdk.message(answer), image_id=image_id)
        if answer.status_code in (400, 409):
            raise exception.Conflict(sdk.message(answer)) if answer.status_code == 409 else \
                exception.Invalid(sdk.message(answer))
        raise exception.ServiceUnreachable(service='image', reason=sdk.message(answer))

    def _sees(self, context, image: dict) -> bool:
        return (not _is_limited(context) or image['visibility'] in ('public', 'community')
                or image['owner'] == context.project_id or self._member_status(context, image) is not None)

    def _lists(self, context, image: dict, filters: dict) -> bool:
        """The same for lists: what is for the community has to be asked for, what is shared accepted."""
        if (not _is_limited(context) or image['visibility'] == 'public'
                or image['owner'] == context.project_id):
            return True
        if image['visibility'] == 'community':
            return 'visibility' in filters
        status, wanted = self._member_status(context, image), filters.get('member_status', 'accepted')
        return status is not None and wanted in (status, 'all')

    def _member_status(self, context, image: dict) -> str | None:
        """What the context's project says to an image that is shared with it; None when it is not."""
        if image['visibility'] != 'shared' or not context.project_id:
            return None
        answer = self.service.request(context, 'GET', _path(image['id'], 'members', context.project_id))
        return answer.json()['status'] if answer.status_code == 200 else None

    def _get_mutable(self, context, image_id: str) -> dict:
        image = self.get(context, image_id)
        self._check_mutable(context, image)
        return image

    def _check_mutable(self, context, image: dict) -> None:
        """What Glance cannot check, because it sees an administrator."""
        if _is_limited(context) and image['owner'] != context.project_id:
            raise exception.ImageNotAuthorized(image_id=image['id'])


def _is_limited(context) -> bool:
    """Whether the context may less than the login that it is served with."""
    return not context.auth_token and not context.is_admin


def _path(*parts: str) -> str:
    return '/images/' + '/'.join(map(sdk.quoted, parts))
