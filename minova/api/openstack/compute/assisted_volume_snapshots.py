"""Snapshots of attached volumes that the volume service cannot take without the hypervisor."""

import webob.exc

from minova import compute, exception, jsonutils
from minova.api import validation
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.schemas import assisted_volume_snapshots as schemas
from minova.policies import assisted_volume_snapshots as policies

ALIAS = 'os-assisted-volume-snapshots'


class AssistedVolumeSnapshotsController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.notice_api = compute.NoticeAPI()

    @extensions.expected_errors(400)
    @validation.schema(schemas.create)
    def create(self, req, body):
        req.context.can(policies.CREATE)
        snapshot = body['snapshot']
        create_info = snapshot['create_info']
        try:
            self.notice_api.volume_snapshot_create(req.context, snapshot['volume_id'], create_info)
        except exception.VolumeBDMNotFound as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None
        return {'snapshot': {'id': create_info.get('id'), 'volumeId': snapshot['volume_id']}}

    @wsgi.response(204)
    @extensions.expected_errors((400, 404))
    def delete(self, req, id):
        req.context.can(policies.DELETE)
        delete_info = _parse_delete_info(req)
        try:
            self.notice_api.volume_snapshot_delete(
                req.context, delete_info['volume_id'], id, delete_info)
        except exception.VolumeBDMNotFound as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None


def _parse_delete_info(req) -> dict:
    """The JSON object in the query, which has a volume_id."""
    if 'delete_info' not in req.GET:
        raise webob.exc.HTTPBadRequest(explanation="'delete_info'")
    try:
        delete_info = jsonutils.loads(req.GET['delete_info'])
    except ValueError:
        delete_info = None
    if not isinstance(delete_info, dict):
        raise webob.exc.HTTPBadRequest(explanation='No JSON object could be decoded')
    if not isinstance(delete_info.get('volume_id'), str):
        raise webob.exc.HTTPBadRequest(explanation="'volume_id'")
    return delete_info


class AssistedVolumeSnapshots(extensions.V21APIExtensionBase):
    """The resource os-assisted-volume-snapshots."""

    name = 'AssistedVolumeSnapshots'
    alias = ALIAS
    description = 'Assisted volume snapshots.'

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, AssistedVolumeSnapshotsController())]

    def get_controller_extensions(self):
        return []
