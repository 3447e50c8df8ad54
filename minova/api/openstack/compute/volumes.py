"""Volumes, their snapshots, and volumes in servers."""

import webob.exc
from oslo_utils import strutils

from minova import compute, exception, volume
from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.schemas import volumes as schemas
from minova.api.openstack.compute.views import volumes as views
from minova.policies import volumes as policies

ALIAS = 'os-volumes'


def _not_found(error: exception.MinovaException) -> webob.exc.HTTPNotFound:
    return webob.exc.HTTPNotFound(explanation=error.message)


def _bad_request(error: exception.MinovaException) -> webob.exc.HTTPBadRequest:
    return webob.exc.HTTPBadRequest(explanation=error.message)


def _over_quota() -> webob.exc.HTTPForbidden:
    """What Nova makes of every answer of Cinder's that says so."""
    return webob.exc.HTTPForbidden(explanation=exception.OverQuota(overs='volumes').message)


class VolumeController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.volume_api = volume.API()

    @extensions.expected_errors(400)
    def index(self, req):
        return self._items(req)

    @extensions.expected_errors(400)
    def detail(self, req):
        return self._items(req)

    def _items(self, req) -> dict:
        req.context.can(policies.BASE)
        limit, offset = common.get_limit_and_offset(req)
        found = self.volume_api.get_all(req.context, limit, offset)
        return {'volumes': [views.volume(v) for v in found]}

    @extensions.expected_errors(404)
    def show(self, req, id):
        req.context.can(policies.BASE)
        try:
            return {'volume': views.volume(self.volume_api.get(req.context, id))}
        except exception.VolumeNotFound as e:
            raise _not_found(e) from None

    @wsgi.response(202)
    @extensions.expected_errors((400, 404))
    def delete(self, req, id):
        req.context.can(policies.BASE)
        try:
            self.volume_api.delete(req.context, id)
        except exception.InvalidInput as e:
            raise _bad_request(e) from None
        except exception.VolumeNotFound as e:
            raise _not_found(e) from None

    @extensions.expected_errors((400, 403, 404))
    @validation.schema(schemas.create)
    def create(self, req, body):
        context, values = req.context, body['volume']
        context.can(policies.BASE)
        try:
            snapshot = None
            if values.get('snapshot_id') is not None:
                snapshot = self.volume_api.get_snapshot(context, values['snapshot_id'])
            made = self.volume_api.create(
                context, int(values['size']), values.get('display_name'),
                values.get('display_description'), snapshot=snapshot,
                volume_type=values.get('volume_type'), metadata=values.get('metadata'),
                availability_zone=values.get('availability_zone'))
        except exception.InvalidInput as e:
            raise _bad_request(e) from None
        except exception.SnapshotNotFound as e:
            raise _not_found(e) from None
        except exception.QuotaError:
            raise _over_quota() from None
        answer = wsgi.ResponseObject({'volume': views.volume(made)})
        answer['Location'] = f'{req.url}/{made["id"]}'
        return answer


class SnapshotController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.volume_api = volume.API()

    @extensions.expected_errors(400)
    def index(self, req):
        return self._items(req)

    @extensions.expected_errors(400)
    def detail(self, req):
        return self._items(req)

    def _items(self, req) -> dict:
        req.context.can(policies.BASE)
        limit, offset = common.get_limit_and_offset(req)
        found = self.volume_api.get_all_snapshots(req.context, limit, offset)
        return {'snapshots': [views.snapshot(s) for s in found]}

    @extensions.expected_errors(404)
    def show(self, req, id):
        req.context.can(policies.BASE)
        try:
            return {'snapshot': views.snapshot(self.volume_api.get_snapshot(req.context, id))}
        except exception.SnapshotNotFound as e:
            raise _not_found(e) from None

    @wsgi.response(202)
    @extensions.expected_errors(404)
    def delete(self, req, id):
        req.context.can(policies.BASE)
        try:
            self.volume_api.delete_snapshot(req.context, id)
        except exception.SnapshotNotFound as e:
            raise _not_found(e) from None

    @extensions.expected_errors((400, 403, 404))
    @validation.schema(schemas.snapshot_create)
    def create(self, req, body):
        req.context.can(policies.BASE)
        values = body['snapshot']
        try:
            made = self.volume_api.create_snapshot(
                req.context, values['volume_id'], values.get('display_name'),
                values.get('display_description'),
                force=strutils.bool_from_string(values.get('force', False), strict=True))
        except exception.VolumeNotFound as e:
            raise _not_found(e) from None
        except exception.InvalidInput as e:
            raise _bad_request(e) from None
        except exception.QuotaError:
            raise _over_quota() from None
        return {'snapshot': views.snapshot(made)}


class VolumeAttachmentController(wsgi.Controller):
    """The volumes of one server; the volume's id stands for the attachment."""

    def __init__(self):
        super().__init__()
        self.compute_api = compute.API()
        self.attachment_api = compute.VolumeAttachmentAPI()
        self.volume_api = volume.API()

    @extensions.expected_errors((400, 404))
    def index(self, req, server_id):
        self._authorize(req, 'index')
        instance = common.get_instance(self.compute_api, req.context, server_id)
        # What the query limits are the disks, of which not all are volumes.
        devices = common.limited(
            self.attachment_api.get_block_devices(req.context, instance), req)
        return {'volumeAttachments': [
            views.attachment(device['volume_id'], instance['uuid'], device['device_name'])
            for device in devices if device['volume_id']]}

    @extensions.expected_errors(404)
    def show(self, req, server_id, id):
        self._authorize(req, 'show')
        instance = common.get_instance(self.compute_api, req.context, server_id)
        device = self._device(req.context, instance, id)
        if device is None or not device['device_name']:
            raise webob.exc.HTTPNotFound(explanation=f'volume_id not found: {id}')
        return {'volumeAttachment': views.attachment(id, instance['uuid'], device['device_name'])}

    @extensions.expected_errors((400, 404, 409))
    @validation.schema(schemas.create_volume_attachment)
    def create(self, req, server_id, body):
        self._authorize(req, 'create')
        volume_id = body['volumeAttachment']['volumeId']
        instance = common.get_instance(self.compute_api, req.context, server_id)
        with _ErrorsOf('attach_volume', server_id):
            device = self.attachment_api.attach_volume(
                req.context, instance, volume_id, body['volumeAttachment'].get('device'))
        return {'volumeAttachment': views.attachment(volume_id, server_id, device)}

    @wsgi.response(202)
    @extensions.expected_errors((400, 404, 409))
    @validation.schema(schemas.update_volume_attachment)
    def update(self, req, server_id, id, body):
        self._authorize(req, 'update')
        with _ErrorsOf('swap_volume', server_id):
            old_volume = self.volume_api.get(req.context, id)
            new_volume = self.volume_api.get(req.context, body['volumeAttachment']['volumeId'])
        instance = common.get_instance(self.compute_api, req.context, server_id)
        not_attached = webob.exc.HTTPNotFound(
            explanation='The volume was either invalid or not attached to the instance.')
        devices = self.attachment_api.get_block_devices(req.context, instance)
        if not any(device['volume_id'] == id for device in devices):
            raise not_attached
        with _ErrorsOf('swap_volume', server_id, not_attached):
            self.attachment_api.swap_volume(req.context, instance, old_volume, new_volume)

    @wsgi.response(202)
    @extensions.expected_errors((400, 403, 404, 409))
    def delete(self, req, server_id, id):
        self._authorize(req, 'delete')
        instance = common.get_instance(self.compute_api, req.context, server_id)
        not_attached = webob.exc.HTTPNotFound(explanation=f'volume_id not found: {id}')
        with _ErrorsOf('detach_volume', server_id, not_attached):
            attached = self.volume_api.get(req.context, id)
            device = self._device(req.context, instance, id)
            if device is None:
                raise not_attached
            if device['boot_index'] == 0:
                raise webob.exc.HTTPForbidden(explanation="Can't detach root device volume")
            self.attachment_api.detach_volume(req.context, instance, attached)

    @staticmethod
    def _authorize(req, action: str) -> None:
        req.context.can(policies.BASE)
        req.context.can(policies.ATTACHMENTS % action)

    def _device(self, context, instance: dict, volume_id: str) -> dict | None:
        """The disk of the server that is the volume; a 404 when the server has no disks at all."""
        devices = self.attachment_api.get_block_devices(context, instance)
        if not devices:
            raise webob.exc.HTTPNotFound(
                explanation=f'Instance {instance["uuid"]} is not attached.')
        return next((d for d in devices if d['volume_id'] == volume_id), None)


class _ErrorsOf:
    """Context manager: what the backend raises becomes the answer to the change `method`."""

    def __init__(self, method: str, server_id: str, unattached: Exception | None = None):
        self.method, self.server_id, self.unattached = method, server_id, unattached

    def __enter__(self):
        return self

    def __exit__(self, _type, error, _traceback):
        if isinstance(error, exception.VolumeUnattached) and self.unattached:
            raise self.unattached from None
        if isinstance(error, (exception.VolumeNotFound, exception.InstanceNotFound)):
            raise _not_found(error) from None
        if isinstance(error, (exception.InstanceIsLocked, exception.DevicePathInUse)):
            raise webob.exc.HTTPConflict(explanation=error.message) from None
        if isinstance(error, exception.InstanceInvalidState):
            common.raise_http_conflict_for_instance_invalid_state(
                error, self.method, self.server_id)
        if isinstance(error, (exception.InvalidVolume, exception.InvalidDevicePath)):
            raise _bad_request(error) from None


class Volumes(extensions.V21APIExtensionBase):
    """Volumes, their snapshots, and volumes in servers."""

    name = 'Volumes'
    alias = ALIAS
    description = 'Volumes support.'
    absorbed = (('os-volume-attachment-update', 'VolumeAttachmentUpdate'),)

    def get_resources(self):
        return [
            extensions.ResourceExtension(
                ALIAS, VolumeController(), member_name='volume',
                collection_actions={'detail': 'GET'}),
            extensions.ResourceExtension(
                'os-volume_attachments', VolumeAttachmentController(),
                parent={'member_name': 'server', 'collection_name': 'servers'}),
            extensions.ResourceExtension(
                'os-snapshots', SnapshotController(), member_name='snapshot',
                collection_actions={'detail': 'GET'}),
        ]

    def get_controller_extensions(self):
        return []
