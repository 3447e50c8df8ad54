"""Volumes and their metadata."""

import webob.exc
from oslo_utils import strutils, uuidutils

from minova import exception, image, volume
from minova.api import rest
from minova.api.volume import listing, microversions, schemas, views
from minova.conf import CONF
from minova.policies import block_storage as policies

_GIB = 2 ** 30
KIND = listing.Kind(
    keys={'id': 'id', 'name': 'display_name', 'status': 'status', 'size': 'size',
          'bootable': 'bootable', 'availability_zone': 'availability_zone', 'user_id': 'user_id',
          'project_id': 'project_id', 'snapshot_id': 'snapshot_id', 'source_volid': 'source_volid',
          'volume_type_id': 'volume_type_id', 'created_at': 'created_at', 'updated_at': 'updated_at'},
    texts=frozenset(('name', 'status', 'availability_zone')), integers=frozenset(('size',)),
    booleans=frozenset(('bootable',)),
    sort_keys=frozenset(('id', 'name', 'status', 'size', 'bootable', 'availability_zone',
                         'created_at', 'updated_at')))


def names(values: dict) -> dict:
    """The name and the description of a body, by the backend's keys; v1's names are taken too."""
    found = {}
    for key in ('name', 'description'):
        for given in (f'display_{key}', key):
            if given in values:
                found[f'display_{key}'] = values[given]
    return found


class Volumes(rest.Controller):

    def __init__(self):
        self.volume_api = volume.API()
        self.image_api = image.API()

    # ---- reading

    @rest.route('GET', '/volumes')
    def index(self, req):
        return self._list(req, views.volume_summary)

    @rest.route('GET', '/volumes/detail')
    def detail(self, req):
        return self._list(req, views.volume)

    def _list(self, req, view) -> dict:
        req.context.can(policies.GET_ALL)
        found = self.volume_api.get_all(req.context, **listing.page(req, KIND))
        answer = {'volumes': [view(req, each) for each in found]}
        if links := listing.links(req, found):
            answer['volumes_links'] = links
        if listing.wants_count(req):
            answer['count'] = self.volume_api.count(req.context, **listing.narrowed(req, KIND))
        return answer

    @rest.route('GET', '/volumes/summary')
    def summary(self, req):
        microversions.require(req, '3.12')
        req.context.can(policies.GET_ALL)
        return {'volume-summary': self.volume_api.summarize(
            req.context, metadata=microversions.at_least(req, '3.36'),
            all_projects=listing.all_projects(req))}

    @rest.route('GET', '/volumes/{volume_id}')
    def show(self, req, volume_id):
        req.context.can(policies.GET)
        return {'volume': views.volume(req, self.volume_api.get(req.context, volume_id))}

    # ---- changing

    @rest.route('POST', '/volumes', code=202, schema=schemas.volume_create)
    def create(self, req):
        context, values = req.context, req.json['volume']
        context.can(policies.CREATE)
        if strutils.bool_from_string(values.get('multiattach', False)):
            raise exception.InvalidInput(reason='A volume can be attached to one server at a time.')
        origin = self._origin(context, values)
        size = values.get('size')
        if size is None:
            size = origin.pop('size', None)
        if size is None:
            raise exception.InvalidInput(
                reason=f"Volume size '{size}' must be an integer and greater than 0")
        origin.pop('size', None)
        size = int(size)
        if origin.get('image') is not None:
            origin |= _of_image(origin.pop('image'), size)
        zone = values.get('availability_zone') or origin.pop('zone', None)
        origin.pop('zone', None)
        if values.get('availability_zone') not in (None, '', CONF.storage_availability_zone):
            raise exception.InvalidInput(reason=f"Availability zone '{zone}' is invalid.")
        named = names(values)
        made = self.volume_api.create(
            context, size, named.get('display_name'), named.get('display_description'),
            metadata=values.get('metadata'), availability_zone=zone,
            **self._type(context, values.get('volume_type'), origin.pop('type', None)), **origin)
        return {'volume': views.changed_volume(req, made)}

    def _origin(self, context, values: dict) -> dict:
        """What the volume is to be made of, with the size, the zone and the type that it has then."""
        image_ref = values.get('imageRef') or values.get('image_id')
        if sum(map(bool, (values.get('snapshot_id'), values.get('source_volid'), image_ref))) > 1:
            raise exception.InvalidInput(
                reason='May specify only one of snapshot, source volume or image.')
        if values.get('snapshot_id'):
            snapshot = self.volume_api.get_snapshot(context, values['snapshot_id'])
            source = self.volume_api.get(context.elevated(), snapshot['volume_id'])
            return {'snapshot': snapshot, 'size': snapshot['volume_size'], **_kept(source)}
        if values.get('source_volid'):
            source = self.volume_api.get(context, values['source_volid'])
            return {'source': source, 'size': source['size'], **_kept(source)}
        if image_ref:
            return {'image': self._image(context, image_ref)}
        return {}

    def _image(self, context, ref: str) -> dict:
        """The image of that id, of the id at the end of that URL, or else of that name."""
        image_id = ref.rstrip('/').rpartition('/')[2]
        if uuidutils.is_uuid_like(image_id):
            return self.image_api.get(context, image_id)
        found = self.image_api.get_all(context, {'name': ref}, limit=2)
        if len(found) != 1:
            raise webob.exc.HTTPBadRequest(
                explanation='Invalid image identifier or unable to access requested image.')
        return found[0]

    def _type(self, context, wanted: str | None, inherited: tuple | None) -> dict:
        """The type that is asked for, or that of what the volume is made of, or the usual one."""
        if wanted:
            found = self.volume_api.get_type(context, wanted)
        elif inherited is not None:
            return {'volume_type': inherited[0], 'volume_type_id': inherited[1]}
        else:
            found = self.volume_api.get_default_type(context)
        return {'volume_type': found['name'], 'volume_type_id': found['id']} if found else {}

    @rest.route('PUT', '/volumes/{volume_id}', schema=schemas.volume_update)
    def update(self, req, volume_id):
        req.context.can(policies.UPDATE)
        values = req.json['volume']
        if 'metadata' in values:
            self.volume_api.update_metadata(req.context, volume_id, values['metadata'], whole=True)
        changed = self.volume_api.update(req.context, volume_id, names(values))
        return {'volume': views.changed_volume(req, changed)}

    @rest.route('DELETE', '/volumes/{volume_id}', code=202)
    def delete(self, req, volume_id):
        context = req.context
        context.can(policies.DELETE)
        force = (microversions.at_least(req, '3.23')
                 and strutils.bool_from_string(req.GET.get('force', '')))
        if force:
            context.can(policies.FORCE_DELETE)
        self.volume_api.delete(context, volume_id, force=force,
                               cascade=strutils.bool_from_string(req.GET.get('cascade', '')))


def _kept(source: dict) -> dict:
    """What a volume has of the one that it comes of."""
    return {'zone': source['availability_zone'],
            'type': (source['volume_type'], source['volume_type_id'])}


def _of_image(found: dict, size: int) -> dict:
    """What a volume of `size` GiB has of the image. Raises InvalidInput where it does not fit."""
    if found['status'] != 'active':
        raise exception.InvalidInput(reason=f'Image {found["id"]} is not active.')
    image_size = -(-int(found['size'] or 0) // _GIB)
    if image_size > size:
        raise exception.InvalidInput(
            reason=f'Size of specified image {image_size}GB is larger than volume size {size}GB.')
    if (found['min_disk'] or 0) > size:
        raise exception.InvalidInput(
            reason=f'Volume size {size}GB cannot be smaller than the image minDisk size '
                   f'{found["min_disk"]}GB.')
    known = {'image_id': found['id'], 'image_name': found['name'], 'checksum': found['checksum'],
             'container_format': found['container_format'], 'disk_format': found['disk_format'],
             'min_disk': found['min_disk'], 'min_ram': found['min_ram'], 'size': found['size'],
             **found['properties']}
    return {'image_id': found['id'],
            'image_metadata': {key: str(value) for key, value in known.items() if value is not None}}


class VolumeMetadata(rest.Controller):

    def __init__(self):
        self.volume_api = volume.API()

    @rest.route('GET', '/volumes/{volume_id}/metadata')
    def index(self, req, volume_id):
        req.context.can(policies.GET)
        return {'metadata': self.volume_api.get(req.context, volume_id)['metadata']}

    @rest.route('POST', '/volumes/{volume_id}/metadata', schema=schemas.metadata)
    def create(self, req, volume_id):
        return self._set(req, volume_id, req.json['metadata'])

    @rest.route('PUT', '/volumes/{volume_id}/metadata', schema=schemas.metadata)
    def replace(self, req, volume_id):
        return self._set(req, volume_id, req.json['metadata'], whole=True)

    def _set(self, req, volume_id: str, items: dict, whole: bool = False) -> dict:
        req.context.can(policies.METADATA)
        return {'metadata': self.volume_api.update_metadata(
            req.context, volume_id, items, whole=whole)}

    @rest.route('GET', '/volumes/{volume_id}/metadata/{key}')
    def show(self, req, volume_id, key):
        items = self.index(req, volume_id)['metadata']
        if key not in items:
            raise exception.VolumeMetadataNotFound(volume_id=volume_id, metadata_key=key)
        return {'meta': {key: items[key]}}

    @rest.route('PUT', '/volumes/{volume_id}/metadata/{key}', schema=schemas.metadata_item)
    def update(self, req, volume_id, key):
        req.context.can(policies.METADATA)
        check_item(req.json['meta'], key)
        self.volume_api.update_metadata(req.context, volume_id, req.json['meta'])
        return {'meta': req.json['meta']}

    @rest.route('DELETE', '/volumes/{volume_id}/metadata/{key}', code=200)
    def delete(self, req, volume_id, key):
        req.context.can(policies.METADATA)
        self.volume_api.delete_metadata(req.context, volume_id, key)
        return rest.json_answer(200, None)


def check_item(items: dict, key: str) -> None:
    """Raises HTTPBadRequest unless the one item is that of the URL."""
    if key not in items:
        raise webob.exc.HTTPBadRequest(explanation='Request body and URI mismatch')
