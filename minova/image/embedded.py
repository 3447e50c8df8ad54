"""The embedded image service: images are rows of minova's own database, and their content is in files.

Images that servers were made into have no content, because simulated disks have none, nor have those of a
fixtures file that names no file.
"""

import uuid

from oslo_utils import timeutils

from minova import exception
from minova.db import image_tags
from minova.db import images as db
from minova.image import contract, embedded_content, embedded_members, links

_CHANGEABLE = frozenset((
    'name', 'status', 'size', 'checksum', 'min_disk', 'min_ram', 'container_format', 'disk_format', 'owner',
    'visibility', 'hidden', 'protected', 'tags', 'properties'))
_CONDITIONS = ('name', 'status', 'id', 'owner', 'container_format', 'disk_format', 'checksum', 'hash_value',
               'protected')


class API(embedded_content.Content, embedded_members.Members, contract.API):

    def get(self, context, image_id):
        image = db.get(image_id, _eyes(context))
        if image is None:
            raise exception.ImageNotFound(image_id=image_id)
        return image

    def get_all(self, context, filters=None, limit=None, marker=None, sort=(('created_at', 'desc'),)):
        filters = dict(filters or {})
        conditions = {key: filters[key] for key in _CONDITIONS if key in filters}
        conditions['hidden'] = filters.get('hidden', False)
        for key in ('min_ram', 'min_disk'):
            if key in filters:
                try:
                    conditions[key] = int(filters[key])
                except ValueError:
                    return []       # no image has that
        changes_since = None
        if 'changes-since' in filters:
            changes_since = _parse_time(filters['changes-since'])
        properties = {key[len('property-'):]: value for key, value in filters.items()
                      if key.startswith('property-')}
        member_status = filters.get('member_status', 'accepted')
        images = db.get_page(
            _eyes(context), conditions, properties, changes_since, limit, marker,
            visibility=filters.get('visibility'),
            member_status=None if member_status == 'all' else member_status,
            tags=filters.get('tags', ()), sort=sort, comparisons=[
                ('size_bytes' if key == 'size' else key, compare, value)
                for key, compare, value in filters.get('compare', ())])
        if images is None:
            raise exception.InvalidImageQuery(reason='Invalid marker. Image could not be found.')
        return images

    def create(self, context, values):
        values = {'id': str(uuid.uuid4()), 'status': 'queued', 'owner': context.project_id,
                  'visibility': 'shared', 'properties': {}, 'size': 0, **values}
        if not db.create(values):
            raise exception.ImageExists(image_id=values['id'])
        return self.get(context.elevated(), values['id'])

    def update(self, context, image_id, values, expected_properties=None):
        unknown = set(values) - _CHANGEABLE
        if unknown:
            raise ValueError(f'an image has no {", ".join(sorted(unknown))} to be changed')
        self._get_mutable(context, image_id)
        expected = {} if expected_properties is None else {'properties': expected_properties}
        if not db.update(image_id, values, expected):
            self.get(context, image_id)     # gone meanwhile?
            raise exception.ImageChanged(image_id=image_id)
        # Whoever gives an image away may not see it afterwards, but what was made of it.
        return self.get(context.elevated(), image_id)

    def delete(self, context, image_id):
        self._get_mutable(context, image_id)
        with embedded_content.removed_with(image_id):
            if not db.delete(image_id):
                self.get(context, image_id)     # gone meanwhile? Otherwise it is protected.
                raise exception.ImageProtected(image_id=image_id)

    def url(self, image_id):
        return links.url(image_id)

    def add_tag(self, context, image_id, tag):
        self._get_mutable(context, image_id)
        if not image_tags.add(image_id, tag):
            raise exception.ImageNotFound(image_id=image_id)

    def remove_tag(self, context, image_id, tag):
        self._get_mutable(context, image_id)
        if not image_tags.remove(image_id, tag):
            raise exception.ImageTagNotFound(image_id=image_id, tag=tag)

    def _get_mutable(self, context, image_id: str) -> dict:
        """The image, if the context may change it. Raises ImageNotFound, ImageNotAuthorized."""
        image = self.get(context, image_id)
        if not context.is_admin and image['owner'] not in (None, context.project_id):
            raise exception.ImageNotAuthorized(image_id=image_id)
        return image


def _eyes(context) -> str | None:
    """Whose view of the images this is: a project's; None, an administrator's, is everything."""
    return None if context.is_admin else context.project_id or ''


def _parse_time(value: str):
    try:
        return timeutils.normalize_time(timeutils.parse_isotime(value))
    except (ValueError, OverflowError):
        raise exception.InvalidImageQuery(reason='Unrecognized changes-since value') from None
