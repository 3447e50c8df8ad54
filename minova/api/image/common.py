"""What the controllers of the image API share: how an image looks, and who may do something to it."""

import webob.exc

from minova import image as image_service
from minova.conf import CONF

#: Names of the API -> keys of an image of minova.image, where they differ.
_KEYS = {'os_hidden': 'hidden', 'os_hash_algo': 'hash_algo', 'os_hash_value': 'hash_value'}
_SHOWN = ('name', 'disk_format', 'container_format', 'visibility', 'status', 'checksum', 'protected',
          'min_ram', 'min_disk', 'owner', 'os_hidden', 'os_hash_algo', 'os_hash_value', 'id', 'tags')
_WITHOUT_CONTENT = frozenset(('queued', 'saving', 'uploading', 'importing', 'killed'))
_OF_CONTENT = ('size', 'checksum', 'os_hash_algo', 'os_hash_value')


def key(name: str) -> str:
    """The key of an image for a name of the API."""
    return _KEYS.get(name, name)


def view(image: dict) -> dict:
    shown = dict(image['properties'])
    for name in _SHOWN:
        shown[name] = image[key(name)]
    size = image['size']
    shown['size'] = None if size is None else int(size)
    if image['status'] in _WITHOUT_CONTENT:
        shown.update(dict.fromkeys(_OF_CONTENT))
    url = f'/v2/images/{image["id"]}'
    return shown | {
        'virtual_size': None, 'created_at': isotime(image['created_at']),
        'updated_at': isotime(image['updated_at'] or image['created_at']), 'self': url,
        'file': f'{url}/file', 'schema': '/v2/schemas/image'}


def isotime(time) -> str:
    return time.strftime('%Y-%m-%dT%H:%M:%SZ')


def get(req, image_id: str, rule: str | None = None) -> dict:
    """The image. Raises ImageNotFound, and PolicyNotAuthorized when the context may not do `rule` to it."""
    image = image_service.API().get(req.context, image_id)
    if rule is not None:
        req.context.can(rule, target(image))
    return image


def target(image: dict) -> dict:
    """What policy rules see of an image."""
    return {'project_id': image['owner'] or '', 'user_id': ''}


def check_quota(what: str, attempted: int) -> None:
    """Raises HTTPRequestEntityTooLarge when an image cannot have that many tags, or properties."""
    maximum = {'tags': CONF.image.image_tag_quota, 'properties': CONF.image.image_property_quota}[what]
    if attempted > maximum:
        raise webob.exc.HTTPRequestEntityTooLarge(
            explanation=f'The limit has been exceeded on the number of allowed image {what}. '
                        f'Attempted: {attempted}, Maximum: {maximum}')
