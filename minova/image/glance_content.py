"""The content of the images of a real Glance."""

from minova import exception, sdk
from minova.image import contract

_BLOCK = 256 * 1024
_HEADERS = {'Content-Type': 'application/octet-stream'}
_DIRECT = {'method': {'name': 'glance-direct'}}


class Answer(contract.Content):
    """Content as it comes from Glance."""

    def __init__(self, response):
        self._response = response
        self.length = int(response.headers['Content-Length'])

    def __iter__(self):
        return self._response.iter_content(_BLOCK)

    def close(self):
        self._response.close()


class Content:
    """What contract.API says about content, asked of Glance. Needs `service`, `get`, `_get_mutable`, `_ask`
    and `_check`."""

    def upload(self, context, image_id, blocks, staged=False):
        image = self._get_mutable(context, image_id)
        answer = self.service.request(
            context, 'PUT', f'/images/{image_id}/{"stage" if staged else "file"}', data=iter(blocks),
            headers=_HEADERS)
        said = sdk.message(answer) if answer.status_code >= 400 else None
        if answer.status_code == 400:
            raise exception.ImageFormatMissing(said)
        if answer.status_code == 409:
            raise exception.ImageStatusConflict(said, current=image['status'], wanted='saving')
        if answer.status_code == 410:
            raise exception.ImageGone(said)
        if answer.status_code == 413:
            raise exception.ImageTooLarge(said)
        self._check(answer, image_id)
        return self.get(context, image_id)

    def import_staged(self, context, image_id):
        self._get_mutable(context, image_id)
        answer = self.service.request(context, 'POST', f'/images/{image_id}/import', json=_DIRECT)
        if answer.status_code == 409:
            raise exception.ImageNotStaged(sdk.message(answer))
        self._check(answer, image_id)
        return self.get(context, image_id)

    def download(self, context, image_id, start=0, length=None):
        image = self.get(context, image_id)
        if image['status'] == 'deactivated' and not context.is_admin:
            raise exception.ImageDeactivated()
        if image['status'] not in ('active', 'deactivated') or not image['size']:
            return None
        headers = {}
        if start or length is not None:
            headers['Range'] = f'bytes={start}-{"" if length is None else start + length - 1}'
        answer = self._ask(context, 'GET', image_id, 'file', headers=headers, stream=True)
        if answer.status_code == 204:
            answer.close()
            return None
        return Answer(answer)

    def deactivate(self, context, image_id):
        self._switch(context, image_id, 'deactivate', 'deactivated')

    def reactivate(self, context, image_id):
        self._switch(context, image_id, 'reactivate', 'active')

    def _switch(self, context, image_id: str, action: str, wanted: str) -> None:
        image = self._get_mutable(context, image_id)
        if image['status'] not in ('active', 'deactivated'):
            raise exception.ImageStatusConflict(current=image['status'], wanted=wanted)
        self._ask(context, 'POST', image_id, 'actions', action)
