"""What clients may send."""

_NAME = {'type': ['string', 'null'], 'maxLength': 255}
_UUID = {'type': ['string', 'null'], 'maxLength': 255}
_BOOLEAN = {'type': ['boolean', 'string'], 'enum': [
    True, 'True', 'TRUE', 'true', '1', 'ON', 'On', 'on', 'YES', 'Yes', 'yes', 'y', 't',
    False, 'False', 'FALSE', 'false', '0', 'OFF', 'Off', 'off', 'NO', 'No', 'no', 'n', 'f']}
_SIZE = {'type': ['integer', 'string'], 'pattern': '^[0-9]+$', 'minimum': 1}
_STRINGS = {'type': 'object', 'additionalProperties': False, 'patternProperties': {
    '^[^/]{1,255}$': {'type': 'string', 'maxLength': 255}}}
_STRINGS_OR_NULL = _STRINGS | {'type': ['object', 'null']}
_LIMIT = {'type': ['integer', 'string'], 'pattern': '^-?[0-9]+$', 'minimum': -1,
          'maximum': 0x7FFFFFFF}


def _of(name: str, properties: dict, required: tuple = (), **keywords) -> dict:
    """The schema of {name: {properties}}."""
    inner = {'type': 'object', 'properties': properties, 'required': list(required), **keywords}
    if not required:
        del inner['required']
    return {'type': 'object', 'properties': {name: inner}, 'required': [name]}


volume_create = _of('volume', {
    'name': _NAME, 'display_name': _NAME, 'description': _NAME, 'display_description': _NAME,
    'size': {'type': ['integer', 'string', 'null'], 'pattern': '^[0-9]+$'},
    'volume_type': _UUID, 'availability_zone': _NAME, 'snapshot_id': _UUID, 'source_volid': _UUID,
    'imageRef': _UUID, 'image_id': _UUID, 'multiattach': _BOOLEAN,
    'metadata': _STRINGS_OR_NULL})

volume_update = _of('volume', {
    'name': _NAME, 'display_name': _NAME, 'description': _NAME, 'display_description': _NAME,
    'metadata': _STRINGS}, minProperties=1, additionalProperties=False)

metadata = {'type': 'object', 'properties': {'metadata': _STRINGS}, 'required': ['metadata']}

metadata_item = {'type': 'object', 'properties': {'meta': _STRINGS | {'maxProperties': 1}},
                 'required': ['meta']}

# ---- actions: without their name

extend = {'type': 'object', 'properties': {'new_size': _SIZE}, 'required': ['new_size']}
set_bootable = {'type': 'object', 'properties': {'bootable': _BOOLEAN}, 'required': ['bootable']}
set_readonly = {'type': 'object', 'properties': {'readonly': _BOOLEAN}, 'required': ['readonly']}
retype = {'type': 'object', 'properties': {
    'new_type': {'type': 'string', 'minLength': 1},
    'migration_policy': {'enum': ['on-demand', 'never', None]}}, 'required': ['new_type']}
attach = {'type': 'object', 'properties': {
    'instance_uuid': {'type': ['string', 'null'], 'format': 'uuid'}, 'host_name': _NAME,
    'mountpoint': {'type': 'string', 'minLength': 1, 'maxLength': 255},
    'mode': {'enum': ['rw', 'ro']}}, 'required': ['mountpoint'],
    'anyOf': [{'required': ['instance_uuid']}, {'required': ['host_name']}]}
detach = {'type': ['object', 'null'], 'properties': {'attachment_id': _UUID}}
volume_status = {'type': 'object', 'minProperties': 1, 'properties': {
    'status': {'enum': ['creating', 'available', 'deleting', 'error', 'error_deleting', 'attaching',
                        'detaching', 'in-use', 'maintenance', 'reserved', None]},
    'attach_status': {'enum': ['attached', 'detached', None]}, 'migration_status': _NAME}}
image_metadata_key = {'type': 'object', 'properties': {
    'key': {'type': 'string', 'minLength': 1, 'maxLength': 255}}, 'required': ['key']}
upload = {'type': 'object', 'properties': {
    'image_name': {'type': 'string', 'minLength': 1, 'maxLength': 255}, 'force': _BOOLEAN,
    'disk_format': {'enum': ['raw', 'vmdk', 'vdi', 'qcow2', 'vhd', 'vhdx', 'ploop', None]},
    'container_format': _NAME, 'visibility': {'enum': ['private', 'public', None]},
    'protected': _BOOLEAN}, 'required': ['image_name']}
snapshot_status = {'type': 'object', 'properties': {
    'status': {'enum': ['creating', 'available', 'deleting', 'error', 'error_deleting']},
    'progress': {'type': 'string', 'pattern': '^(100|[0-9]{1,2})%$'}}, 'required': ['status']}

# ---- snapshots, attachments, types, quotas

snapshot_create = _of('snapshot', {
    'volume_id': _UUID, 'name': _NAME, 'display_name': _NAME,
    'description': _NAME, 'display_description': _NAME,
    'force': _BOOLEAN | {'type': ['boolean', 'string', 'null'], 'enum': [*_BOOLEAN['enum'], None]},
    'metadata': _STRINGS_OR_NULL}, ('volume_id',))

snapshot_update = _of('snapshot', {
    'name': _NAME, 'display_name': _NAME, 'description': _NAME, 'display_description': _NAME},
    minProperties=1, additionalProperties=False)

_CONNECTOR = {'type': ['object', 'null'], 'properties': {'host': _NAME, 'mountpoint': _NAME}}
_MODE = {'enum': ['rw', 'ro', None]}

attachment_create = _of('attachment', {
    'volume_uuid': {'type': 'string', 'format': 'uuid'},
    'instance_uuid': {'type': ['string', 'null']}, 'connector': _CONNECTOR, 'mode': _MODE},
    ('volume_uuid',))

attachment_update = _of('attachment', {'connector': _CONNECTOR | {'type': 'object', 'minProperties': 1}},
                        ('connector',))

_TYPE_NAME = {'type': 'string', 'minLength': 1, 'maxLength': 255, 'pattern': r'\S'}

type_create = _of('volume_type', {
    'name': _TYPE_NAME, 'description': _NAME, 'os-volume-type-access:is_public': _BOOLEAN,
    'extra_specs': _STRINGS_OR_NULL}, ('name',))

type_update = _of('volume_type', {
    'name': _TYPE_NAME, 'description': _NAME, 'is_public': _BOOLEAN}, minProperties=1)

extra_specs = {'type': 'object', 'properties': {'extra_specs': _STRINGS | {'minProperties': 1}},
               'required': ['extra_specs']}

extra_spec = _STRINGS | {'minProperties': 1, 'maxProperties': 1}

project_access = {'type': 'object', 'properties': {
    'project': {'type': 'string', 'minLength': 1, 'maxLength': 255}}, 'required': ['project']}

_LIMITS = {name: _LIMIT for name in (
    'volumes', 'snapshots', 'gigabytes', 'per_volume_gigabytes', 'backups', 'backup_gigabytes', 'groups')}

quota_set_update = _of('quota_set', {**_LIMITS, 'tenant_id': _NAME}, additionalProperties=False)

quota_class_set_update = _of('quota_class_set', {**_LIMITS, 'class_name': _NAME},
                             additionalProperties=False)
