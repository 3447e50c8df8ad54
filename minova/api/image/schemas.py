"""JSON schemas: of the bodies that are taken, and as clients ask for them.

glanceclient builds its objects by what /v2/schemas/image says.
"""

from minova.api import rest
from minova.image.contract import MEMBER_STATUSES, STATUSES, VISIBILITIES

_UUID = '^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$'
_TEXT = {'type': ['null', 'string'], 'maxLength': 255}
_NUMBER = {'type': 'integer', 'minimum': 0, 'maximum': 2 ** 31 - 1}

CONTAINER_FORMATS = (None, 'ami', 'ari', 'aki', 'bare', 'ovf', 'ova', 'docker', 'compressed')
DISK_FORMATS = (None, 'ami', 'ari', 'aki', 'vhd', 'vhdx', 'vmdk', 'raw', 'qcow2', 'vdi', 'iso', 'ploop')

_SETTABLE = {
    'id': {'type': 'string', 'pattern': _UUID, 'description': 'An identifier for the image'},
    'name': {**_TEXT, 'description': 'Descriptive name for the image'},
    'visibility': {'type': 'string', 'enum': list(VISIBILITIES),
                   'description': 'Scope of image accessibility'},
    'protected': {'type': 'boolean', 'description': 'If true, image will not be deletable.'},
    'os_hidden': {'type': 'boolean', 'description': 'If true, image will not appear in default image lists.'},
    'owner': {**_TEXT, 'description': 'Owner of the image'},
    'container_format': {'type': ['null', 'string'], 'enum': list(CONTAINER_FORMATS),
                         'description': 'Format of the container'},
    'disk_format': {'type': ['null', 'string'], 'enum': list(DISK_FORMATS),
                    'description': 'Format of the disk'},
    'tags': {'type': 'array', 'items': {'type': 'string', 'minLength': 1, 'maxLength': 255},
             'description': 'List of strings related to the image'},
    'min_ram': {**_NUMBER, 'description': 'Amount of ram (in MB) required to boot image.'},
    'min_disk': {**_NUMBER, 'description': 'Amount of disk space (in GB) required to boot image.'},
}


def _read_only(description: str, **schema) -> dict:
    return {'readOnly': True, 'description': description, **schema}


_SHOWN = {
    'status': _read_only('Status of the image', type='string', enum=list(STATUSES)),
    'checksum': _read_only('md5 hash of image contents.', type=['null', 'string'], maxLength=32),
    'os_hash_algo': _read_only('Algorithm to calculate the os_hash_value', type=['null', 'string'],
                               maxLength=64),
    'os_hash_value': _read_only('Hexdigest of the image contents using the algorithm specified by the '
                                'os_hash_algo', type=['null', 'string'], maxLength=128),
    'size': _read_only('Size of image file in bytes', type=['null', 'integer']),
    'virtual_size': _read_only('Virtual size of image in bytes', type=['null', 'integer']),
    'created_at': _read_only('Date and time of image registration', type='string'),
    'updated_at': _read_only('Date and time of the last image modification', type='string'),
    'self': _read_only('An image self url', type='string'),
    'file': _read_only('An image file url', type='string'),
    'schema': _read_only('An image schema url', type='string'),
}

#: What may be sent.
IMAGE = {'type': 'object', 'properties': _SETTABLE, 'additionalProperties': {'type': 'string'}}

_IMAGE = {
    'name': 'image', 'properties': _SETTABLE | _SHOWN, 'additionalProperties': {'type': 'string'},
    'links': [{'rel': 'self', 'href': '{self}'}, {'rel': 'enclosure', 'href': '{file}'},
              {'rel': 'describedby', 'href': '{schema}'}]}
_MEMBER = {'name': 'member', 'properties': {
    'member_id': {'type': 'string', 'description': 'An identifier for the image member (tenantId)'},
    'image_id': {'type': 'string', 'pattern': _UUID, 'description': 'An identifier for the image'},
    'created_at': {'type': 'string', 'description': 'Date and time of image member creation'},
    'updated_at': {'type': 'string', 'description': 'Date and time of last modification of image member'},
    'status': {'type': 'string', 'enum': list(MEMBER_STATUSES),
               'description': 'The status of this image member'},
    'schema': {'type': 'string', 'readOnly': True}}}


def _collection(name: str, of: dict) -> dict:
    paged = {key: {'type': 'string'} for key in ('first', 'next', 'schema')}
    return {'name': name, 'properties': {name: {'type': 'array', 'items': of}, **paged},
            'links': [{'rel': 'first', 'href': '{first}'}, {'rel': 'next', 'href': '{next}'},
                      {'rel': 'describedby', 'href': '{schema}'}]}


class Schemas(rest.Controller):

    @rest.route('GET', '/schemas/image')
    def image(self, req):
        return _IMAGE

    @rest.route('GET', '/schemas/images')
    def images(self, req):
        return _collection('images', _IMAGE)

    @rest.route('GET', '/schemas/member')
    def member(self, req):
        return _MEMBER

    @rest.route('GET', '/schemas/members')
    def members(self, req):
        return _collection('members', _MEMBER)
