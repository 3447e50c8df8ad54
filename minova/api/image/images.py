"""Images: list, show, create, update, delete."""

import urllib.parse
import uuid

import webob.exc

from minova import exception
from minova import image as image_service
from minova.api import rest
from minova.api.image import common, filters, patches, schemas
from minova.api.validation import validators
from minova.conf import CONF
from minova.policies import image as policies

#: Nobody sets these.
READ_ONLY = frozenset((
    'created_at', 'updated_at', 'status', 'checksum', 'size', 'virtual_size', 'direct_url', 'self', 'file',
    'schema', 'stores', 'os_hash_algo', 'os_hash_value', 'locations'))
_RESERVED = frozenset(('location', 'deleted', 'deleted_at'))
_RESERVED_PREFIX = 'os_glance'
#: What an image is made with and what can be changed; all others are properties.
_BASE = frozenset(('name', 'visibility', 'protected', 'os_hidden', 'owner', 'min_disk', 'min_ram',
                   'container_format', 'disk_format', 'tags'))
_FORMATS = ('container_format', 'disk_format')
_validator = validators.SchemaValidator(schemas.IMAGE)


class Images(rest.Controller):

    def __init__(self):
        self.image_api = image_service.API()

    @rest.route('GET', '/images')
    def index(self, req):
        req.context.can(policies.GET_IMAGES)
        wanted = filters.parse(req.query)
        found = self.image_api.get_all(req.context, wanted.filters, wanted.limit, wanted.marker, wanted.sort)
        params = [(name, value) for name, value in req.GET.items() if name != 'marker']
        page = {'images': [common.view(image) for image in found], 'schema': '/v2/schemas/images',
                'first': _url(params)}
        if found and len(found) == wanted.limit:
            page['next'] = _url([*params, ('marker', found[-1]['id'])])
        return page

    @rest.route('POST', '/images')
    def create(self, req):
        req.context.can(policies.ADD_IMAGE)
        body = req.json
        if isinstance(body, dict):
            for name in body:
                check_settable(name, may_be_id=True)
        validate(body)
        values = {common.key(name): value for name, value in body.items() if name in _BASE}
        values['properties'] = {name: value for name, value in body.items()
                                if name not in _BASE and name != 'id'}
        if 'id' in body:
            values['id'] = str(uuid.UUID(body['id']))
        owner = values.get('owner', req.context.project_id)
        if owner != req.context.project_id and not req.context.is_admin:
            raise webob.exc.HTTPForbidden(
                explanation=f"You are not permitted to create images owned by '{owner}'.")
        _check_visibility(req, values, {'owner': owner})
        _check_quotas(values)
        try:
            made = self.image_api.create(req.context, values)
        except exception.ImageExists:
            raise webob.exc.HTTPConflict(explanation=f'Image ID {values["id"]} already exists!') from None
        view = common.view(made)
        return rest.json_answer(201, view, {
            'Location': f'{(CONF.image.public_endpoint or req.host_url).rstrip("/")}{view["self"]}',
            'OpenStack-image-import-methods': 'glance-direct'})

    @rest.route('GET', '/images/{image_id}')
    def show(self, req, image_id):
        return common.view(common.get(req, image_id, policies.GET_IMAGE))

    @rest.route('PATCH', '/images/{image_id}')
    def update(self, req, image_id):
        changes = patches.parse(req)
        for change in changes:
            check_settable(change.name)
            if change.operation != 'remove':
                validate({change.name: change.value})
        image = common.get(req, image_id, policies.MODIFY_IMAGE)
        while changes:
            try:
                image = self.image_api.update(
                    req.context, image_id, self._changed(req, image, changes), image['properties'])
                break
            except exception.ImageChanged:
                image = common.get(req, image_id, policies.MODIFY_IMAGE)
        return common.view(image)

    def _changed(self, req, image: dict, changes: list[patches.Change]) -> dict:
        """The values that `changes` give the image. Raises webob's exceptions."""
        values, properties = {}, dict(image['properties'])
        for change in changes:
            if change.name in _BASE:
                if change.operation == 'remove':
                    raise webob.exc.HTTPForbidden(
                        explanation=f'Property {change.name} may not be removed.')
                change.check_free(True)
                values[common.key(change.name)] = change.value
                continue
            change.check_free(change.name in properties)
            change.check_there(change.name in properties)
            if change.operation == 'remove':
                del properties[change.name]
            else:
                properties[change.name] = change.value
        for name in _FORMATS:
            if values.get(name, image[name]) != image[name] and image['status'] != 'queued':
                raise webob.exc.HTTPForbidden(
                    explanation=f'Attribute {name} can be only replaced for a queued image.')
        if values.get('owner', image['owner']) != image['owner'] and not req.context.is_admin:
            raise webob.exc.HTTPForbidden(explanation="Owner can't be updated by non admin.")
        if values.get('visibility') != image['visibility']:
            _check_visibility(req, values, image)
        if properties != image['properties']:
            values['properties'] = properties
        _check_quotas(values)
        return values

    @rest.route('DELETE', '/images/{image_id}')
    def delete(self, req, image_id):
        try:
            common.get(req, image_id, policies.DELETE_IMAGE)
            self.image_api.delete(req.context, image_id)
        except exception.ImageNotFound:
            raise webob.exc.HTTPNotFound(explanation=f'Failed to find image {image_id} to delete') from None


def check_settable(name: str, may_be_id: bool = False) -> None:
    """Raises HTTPForbidden, or HTTPBadRequest, for a name that clients may not set."""
    if name in READ_ONLY or (name == 'id' and not may_be_id):
        raise webob.exc.HTTPForbidden(explanation=f"Attribute '{name}' is read-only.")
    if name in _RESERVED or name.startswith(_RESERVED_PREFIX):
        raise webob.exc.HTTPForbidden(explanation=f"Attribute '{name}' is reserved.")
    if not 0 < len(name) <= 255:
        raise webob.exc.HTTPBadRequest(
            explanation='Custom property should not be greater than 255 characters.')


def validate(image: dict) -> None:
    """Raises HTTPBadRequest for what is no image, nor a part of one."""
    try:
        _validator.validate(image)
    except exception.ValidationError as e:
        raise webob.exc.HTTPBadRequest(
            explanation=f"Provided object does not match schema 'image': {e.message}") from None


def _check_visibility(req, values: dict, image: dict) -> None:
    rule = {'public': policies.PUBLICIZE_IMAGE, 'community': policies.COMMUNITIZE_IMAGE}.get(
        values.get('visibility'))
    if rule:
        req.context.can(rule, common.target(image))


def _check_quotas(values: dict) -> None:
    for name in ('tags', 'properties'):
        common.check_quota(name, len(values.get(name, ())))


def _url(params: list[tuple[str, str]]) -> str:
    return '/v2/images' + ('?' + urllib.parse.urlencode(params) if params else '')
