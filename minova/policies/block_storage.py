"""The rules of the volume API, under the names that Cinder has for them."""

from minova.policies import base

GET = 'volume:get'
GET_ALL = 'volume:get_all'
CREATE = 'volume:create'
UPDATE = 'volume:update'
DELETE = 'volume:delete'
FORCE_DELETE = 'volume:force_delete'
METADATA = 'volume:update_volume_metadata'
EXTEND = 'volume:extend'
RETYPE = 'volume:retype'
ATTACH = 'volume_extension:volume_actions:attach'
RESERVE = 'volume_extension:volume_actions:reserve'
IMAGE_METADATA = 'volume_extension:volume_image_metadata'
UPLOAD = 'volume_extension:volume_actions:upload_image'
ADMIN_ACTIONS = 'volume_extension:volume_admin_actions'
HOST_ATTRIBUTE = 'volume_extension:volume_host_attribute'
SNAPSHOTS = 'volume:snapshots'
SNAPSHOT_ADMIN_ACTIONS = 'volume_extension:snapshot_admin_actions'
SNAPSHOT_STATUS = 'snapshot_extension:snapshot_actions:update_snapshot_status'
ATTACHMENTS = 'volume:attachments'
TYPES = 'volume_extension:type_get_all'
TYPE_EXTRA_SPECS = 'volume_extension:access_types_extra_specs'
TYPES_MANAGE = 'volume_extension:types_manage'
TYPE_ACCESS = 'volume_extension:volume_type_access'
LIMITS = 'limits_extension:used_limits'
QUOTAS_SHOW = 'volume_extension:quotas:show'
QUOTAS_UPDATE = 'volume_extension:quotas:update'
QUOTAS_DELETE = 'volume_extension:quotas:delete'
QUOTA_CLASSES = 'volume_extension:quota_classes'
SERVICES = 'volume_extension:services:index'
POOLS = 'scheduler_extension:scheduler_stats:get_pools'
CAPABILITIES = 'volume_extension:capabilities'
ZONES = 'volume:availability_zone_list'

_ACTION = 'POST /v3/{project_id}/volumes/{volume_id}/action'


def _operations(*lines: str) -> list[str]:
    """'METHOD path' below the project."""
    return [line.replace(' ', ' /v3/{project_id}', 1) for line in lines]


def list_rules():
    members, admin = base.ADMIN_OR_OWNER, base.ADMIN
    return [
        base.rule(GET, members, 'Show a volume.', *_operations(
            'GET /volumes/{volume_id}', 'GET /volumes/{volume_id}/metadata')),
        base.rule(GET_ALL, members, 'List volumes.', *_operations(
            'GET /volumes', 'GET /volumes/detail', 'GET /volumes/summary')),
        base.rule(CREATE, members, 'Create a volume.', *_operations('POST /volumes')),
        base.rule(UPDATE, members, 'Change a volume: name, description, bootable, read-only.',
                  *_operations('PUT /volumes/{volume_id}'), _ACTION),
        base.rule(DELETE, members, 'Delete a volume.', *_operations('DELETE /volumes/{volume_id}')),
        base.rule(FORCE_DELETE, admin, 'Delete a volume whatever its state.',
                  *_operations('DELETE /volumes/{volume_id}'), _ACTION),
        base.rule(METADATA, members, 'Change the metadata of a volume.', *_operations(
            'POST /volumes/{volume_id}/metadata', 'PUT /volumes/{volume_id}/metadata',
            'PUT /volumes/{volume_id}/metadata/{key}', 'DELETE /volumes/{volume_id}/metadata/{key}')),
        base.rule(EXTEND, members, 'Let a volume grow.', _ACTION),
        base.rule(RETYPE, members, 'Give a volume another type.', _ACTION),
        base.rule(ATTACH, members, 'Say that a volume is attached, or detached.', _ACTION),
        base.rule(RESERVE, members, 'Take a volume before it is attached or detached, or give it back.',
                  _ACTION),
        base.rule(IMAGE_METADATA, members, 'See and change what a volume knows of its image.', _ACTION),
        base.rule(UPLOAD, members, 'Make an image of a volume.', _ACTION),
        base.rule(ADMIN_ACTIONS, admin, 'Reset the state of a volume, or detach it by force.', _ACTION),
        base.rule(HOST_ATTRIBUTE, admin, 'See where a volume is kept.', *_operations(
            'GET /volumes/{volume_id}', 'GET /volumes/detail')),
        base.rule(SNAPSHOTS, members, 'Everything about snapshots of volumes.', *_operations(
            'GET /snapshots', 'GET /snapshots/detail', 'POST /snapshots',
            'GET /snapshots/{snapshot_id}', 'PUT /snapshots/{snapshot_id}',
            'DELETE /snapshots/{snapshot_id}', 'GET /snapshots/{snapshot_id}/metadata',
            'POST /snapshots/{snapshot_id}/metadata', 'PUT /snapshots/{snapshot_id}/metadata',
            'PUT /snapshots/{snapshot_id}/metadata/{key}',
            'DELETE /snapshots/{snapshot_id}/metadata/{key}')),
        base.rule(SNAPSHOT_ADMIN_ACTIONS, admin,
                  'Reset the state of a snapshot, or delete it whatever its state.',
                  *_operations('POST /snapshots/{snapshot_id}/action')),
        base.rule(SNAPSHOT_STATUS, members, 'Say how far a snapshot is.',
                  *_operations('POST /snapshots/{snapshot_id}/action')),
        base.rule(ATTACHMENTS, members, 'Everything about attachments.', *_operations(
            'GET /attachments', 'GET /attachments/detail', 'POST /attachments',
            'GET /attachments/{attachment_id}', 'PUT /attachments/{attachment_id}',
            'DELETE /attachments/{attachment_id}', 'POST /attachments/{attachment_id}/action')),
        base.rule(TYPES, base.ANYONE, 'List and show types of volumes.', *_operations(
            'GET /types', 'GET /types/{type_id}')),
        base.rule(TYPE_EXTRA_SPECS, admin, 'See the extra specs of types.', *_operations(
            'GET /types', 'GET /types/{type_id}', 'GET /types/{type_id}/extra_specs',
            'GET /types/{type_id}/extra_specs/{key}')),
        base.rule(TYPES_MANAGE, admin, 'Create, change and delete types, and their extra specs.',
                  *_operations('POST /types', 'PUT /types/{type_id}', 'DELETE /types/{type_id}',
                               'POST /types/{type_id}/extra_specs',
                               'PUT /types/{type_id}/extra_specs/{key}',
                               'DELETE /types/{type_id}/extra_specs/{key}')),
        base.rule(TYPE_ACCESS, admin, 'See and say which projects may use a type that is not public.',
                  *_operations('GET /types/{type_id}/os-volume-type-access',
                               'POST /types/{type_id}/action')),
        base.rule(LIMITS, members, 'See limits, and what is used of them.', *_operations('GET /limits')),
        base.rule(QUOTAS_SHOW, members, 'See the limits of a project.', *_operations(
            'GET /os-quota-sets/{target_id}', 'GET /os-quota-sets/{target_id}/defaults')),
        base.rule(QUOTAS_UPDATE, admin, 'Set limits of a project.',
                  *_operations('PUT /os-quota-sets/{target_id}')),
        base.rule(QUOTAS_DELETE, admin, 'Give a project the default limits again.',
                  *_operations('DELETE /os-quota-sets/{target_id}')),
        base.rule(QUOTA_CLASSES, admin, 'See and set the limits of a quota class.', *_operations(
            'GET /os-quota-class-sets/{quota_class}', 'PUT /os-quota-class-sets/{quota_class}')),
        base.rule(SERVICES, admin, 'List the services.', *_operations('GET /os-services')),
        base.rule(POOLS, admin, 'See where volumes can be kept, and how much room is there.',
                  *_operations('GET /scheduler-stats/get_pools')),
        base.rule(CAPABILITIES, admin, 'See what such a place can do.',
                  *_operations('GET /capabilities/{host}')),
        base.rule(ZONES, base.ANYONE, 'List availability zones.',
                  *_operations('GET /os-availability-zone')),
    ]
