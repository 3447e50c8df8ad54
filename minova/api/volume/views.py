"""What volumes, snapshots, attachments and types look like."""

import socket

from minova.api.openstack.common import remove_version_from_href
from minova.api.openstack.compute.views import times
from minova.api.volume import microversions
from minova.policies import block_storage as policies

_time = times.microseconds


def backend_host() -> str:
    """Where volumes are kept, as Cinder writes it: host@backend."""
    return f'{socket.gethostname()}@embedded'


def pool() -> str:
    """The only pool there, as Cinder writes it: host@backend#pool."""
    return f'{backend_host()}#embedded'


def links(req, collection: str, identifier: str) -> list[dict]:
    base = req.application_url.rstrip('/')
    return [{'rel': 'self', 'href': f'{base}/{collection}/{identifier}'},
            {'rel': 'bookmark',
             'href': f'{remove_version_from_href(base)}/{collection}/{identifier}'}]


def volume_summary(req, volume: dict) -> dict:
    return {'id': volume['id'], 'name': volume['display_name'],
            'links': links(req, 'volumes', volume['id'])}


def changed_volume(req, values: dict) -> dict:
    """A volume, as it is answered to who has just made or changed it."""
    metadata = values['metadata']
    if values['readonly'] is not None:
        metadata = {**metadata, 'readonly': str(values['readonly'])}
    view = {
        'id': values['id'],
        'status': values['status'],
        'size': values['size'],
        'availability_zone': values['availability_zone'],
        'created_at': _time(values['created_at']),
        'updated_at': _time(values['updated_at']),
        'name': values['display_name'],
        'description': values['display_description'],
        'volume_type': values['volume_type'],
        'snapshot_id': values['snapshot_id'],
        'source_volid': values['source_volid'],
        'metadata': metadata,
        'links': links(req, 'volumes', values['id']),
        'user_id': values['user_id'],
        'bootable': 'true' if values['bootable'] else 'false',
        'encrypted': False,
        'replication_status': None,
        'consistencygroup_id': None,
        'multiattach': False,
        'attachments': _attachments_of(req, values),
    }
    is_admin = _sees_host(req)
    if is_admin:
        view['migration_status'] = None
    for version, key, value, shown in (
            ('3.13', 'group_id', None, True),
            ('3.21', 'provider_id', None, is_admin),
            ('3.48', 'service_uuid', None, True),
            ('3.48', 'shared_targets', False, True),
            ('3.61', 'cluster_name', None, is_admin),
            ('3.63', 'volume_type_id', values['volume_type_id'], True),
            ('3.65', 'consumes_quota', True, True)):
        if shown and microversions.at_least(req, version):
            view[key] = value
    return view


def volume(req, values: dict) -> dict:
    """A volume, with what extensions of Cinder add where one is shown."""
    view = changed_volume(req, values)
    view['os-vol-tenant-attr:tenant_id'] = values['project_id']
    if values['image_metadata'] is not None:
        view['volume_image_metadata'] = values['image_metadata']
    if _sees_host(req):
        view |= {'os-vol-host-attr:host': pool(), 'os-vol-mig-status-attr:migstat': None,
                 'os-vol-mig-status-attr:name_id': None}
    return view


def _sees_host(req) -> bool:
    return req.context.can(policies.HOST_ATTRIBUTE, fatal=False)


def _attachments_of(req, values: dict) -> list[dict]:
    if values['attach_status'] != 'attached':
        return []
    return [{
        'id': values['id'],
        'attachment_id': values['attachment_id'],
        'volume_id': values['id'],
        'server_id': values['instance_uuid'],
        'host_name': values['attached_host'] if _sees_host(req) else None,
        'device': values['mountpoint'],
        'attached_at': _time(values['attach_time']),
    }]


def attachment_summary(values: dict) -> dict:
    return {'id': values['attachment_id'], 'status': values['attachment_status'],
            'instance': values['instance_uuid'], 'volume_id': values['id']}


def attachment(values: dict) -> dict:
    connected = values['attachment_status'] != 'reserved'
    return attachment_summary(values) | {
        'attached_at': _time(values['attach_time']) or '',
        'detached_at': '',
        'attach_mode': values['attach_mode'],
        # A volume has no content that a host could be led to.
        'connection_info': {
            'driver_volume_type': 'fake', 'volume_id': values['id'],
            'attachment_id': values['attachment_id'], 'access_mode': values['attach_mode'],
            'encrypted': False} if connected else {},
    }


def snapshot_summary(req, values: dict) -> dict:
    view = {
        'id': values['id'],
        'name': values['display_name'],
        'description': values['display_description'],
        'created_at': _time(values['created_at']),
        'updated_at': _time(values['updated_at']),
        'status': values['status'],
        'volume_id': values['volume_id'],
        'size': values['volume_size'],
        'metadata': values['metadata'],
    }
    for version, key, value in (('3.14', 'group_snapshot_id', None),
                                ('3.41', 'user_id', values['user_id']),
                                ('3.65', 'consumes_quota', True)):
        if microversions.at_least(req, version):
            view[key] = value
    return view


def snapshot(req, values: dict) -> dict:
    return snapshot_summary(req, values) | {
        'os-extended-snapshot-attributes:project_id': values['project_id'],
        'os-extended-snapshot-attributes:progress': values['progress'],
    }


def changed_type(req, values: dict) -> dict:
    """A type, as it is answered to who has just changed it."""
    view = {
        'id': values['id'],
        'name': values['name'],
        'description': values['description'],
        'is_public': values['is_public'],
    }
    if req.context.can(policies.TYPE_EXTRA_SPECS, fatal=False):
        view['extra_specs'] = values['extra_specs']
    return view


def new_type(req, values: dict) -> dict:
    return changed_type(req, values) | {'os-volume-type-access:is_public': values['is_public']}


def volume_type(req, values: dict) -> dict:
    return new_type(req, values) | {'qos_specs_id': None}
