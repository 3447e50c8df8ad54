"""The block devices that a server is to have: what is asked for, checked, and what becomes of it.

A device is a row of block_device_mappings. Where it comes from (source_type: volume, snapshot,
image or blank) and what it is (destination_type: a volume, or a local disk of the host) are two
things; the one with boot_index 0 is the root disk.
"""

import logging

from oslo_utils import strutils

from minova import exception
from minova import image as image_service
from minova import volume as volume_service
from minova.compute import device_names
from minova.conf import CONF
from minova.db import block_devices as db

LOG = logging.getLogger(__name__)

_SOURCES = ('volume', 'snapshot', 'image', 'blank')
_COPIED = ('guest_format', 'device_type', 'disk_bus', 'destination_type')


# ---- what is asked for

def validate_and_normalize(context, image_ref: str, bdms: list[dict], legacy: bool, *,
                           flavor: dict, count: int = 1,
                           root_device_name: str = '/dev/sda') -> list[dict]:
    """The devices of each of `count` servers, as values of columns of block_device_mappings.

    `bdms` is what a client sent as block_device_mapping_v2, or with `legacy` as
    block_device_mapping; the latter, also an empty one, makes the image the root disk. What the
    flavor brings is added.

    Raises the Invalids that begin with InvalidBDM, InvalidVolume, and Invalid.
    """
    if legacy:
        rows = [row for row in map(_from_legacy, bdms) if row]
        _choose_root(rows, image_ref, root_device_name)
    else:
        rows = [row for row in (_from_api(bdm, bool(image_ref)) for bdm in bdms) if row]
    # Whoever knows no better takes vda for the name of the root disk.
    roots = {device_names.without_dev(root_device_name), *(() if legacy else ('vda',))}
    taken = roots.intersection(
        device_names.without_dev(row['device_name']) for row in rows
        if row['destination_type'] == 'volume' and row['boot_index'] != 0)
    if image_ref and taken:
        raise exception.Invalid('The volume cannot be assigned the same device name as the root '
                                f'device {taken.pop()}')
    rows += _of_flavor(flavor, rows)
    if count > 1 and any(row['source_type'] == 'volume' for row in rows):
        raise exception.Invalid('Cannot attach one or more volumes to multiple instances')
    _check_boot_sequence(rows)
    for row in rows:
        _check_source(context, row, image_ref)
    _check_sizes(flavor, rows)
    _name_devices(rows, root_device_name)
    return rows


def _from_api(bdm: dict, has_image: bool) -> dict | None:
    """The row that an item of block_device_mapping_v2 asks for; None for no device."""
    if strutils.bool_from_string(bdm.get('no_device')):
        return None
    if 'virtual_name' in bdm:       # which the older form has
        raise exception.InvalidBDMFormat(details='Some fields are invalid.')
    source, uuid = bdm.get('source_type'), bdm.get('uuid')
    if source not in _SOURCES:
        raise exception.InvalidBDMFormat(details='Invalid source_type field.')
    if source == 'blank' and uuid:
        raise exception.InvalidBDMFormat(details='Invalid device UUID.')
    if source != 'blank' and not uuid:
        raise exception.InvalidBDMFormat(details='Missing device UUID.')
    boot_index = _number(bdm.get('boot_index'), 'Boot index is invalid.')
    destination = bdm.get('destination_type')
    if source == 'image' and destination == 'local' and not (has_image and boot_index == 0):
        raise exception.InvalidBDMFormat(details='Mapping image to local is not supported.')
    return _row(bdm, source, destination or _usual_destination(source), boot_index,
                **({} if source == 'blank' else {f'{source}_id': uuid}))


def _from_legacy(bdm: dict) -> dict | None:
    """The row that an item of block_device_mapping asks for; None for no device."""
    virtual_name = bdm.get('virtual_name') or ''
    if virtual_name == 'swap' or virtual_name.startswith('ephemeral'):
        row = _row(bdm, 'blank', 'local', -1, delete_on_termination=True)
        return row | {'guest_format': 'swap' if virtual_name == 'swap' else None}
    if bdm.get('snapshot_id'):
        return _row(bdm, 'snapshot', 'volume', -1, snapshot_id=bdm['snapshot_id'])
    if bdm.get('volume_id'):
        return _row(bdm, 'volume', 'volume', -1, volume_id=bdm['volume_id'])
    if strutils.bool_from_string(bdm.get('no_device')):
        return None
    raise exception.InvalidBDMFormat(details='Unrecognized legacy format.')


def _choose_root(rows: list[dict], image_ref: str, root_device_name: str) -> None:
    """Legacy items say by the name which is the root disk; else that is the image.

    Clients that knew that form called the root disk vda.
    """
    for row in rows:
        if row['source_type'] != 'blank' and device_names.without_dev(row['device_name']) in (
                'vda', device_names.without_dev(root_device_name)):
            row['boot_index'] = 0
            return
    if image_ref:
        rows.insert(0, _row({}, 'image', 'local', 0, image_id=image_ref, device_type='disk',
                            delete_on_termination=True))


def _of_flavor(flavor: dict, rows: list[dict]) -> list[dict]:
    """The ephemeral disk and the swap space of the flavor, unless they are asked for already."""
    found = []
    blank = [row for row in rows if _is_local_blank(row)]
    if flavor['ephemeral_gb'] and not any(row['guest_format'] != 'swap' for row in blank):
        found.append(_row({}, 'blank', 'local', -1, delete_on_termination=True,
                          volume_size=flavor['ephemeral_gb']))
    if flavor['swap'] and not any(row['guest_format'] == 'swap' for row in blank):
        found.append(_row({}, 'blank', 'local', -1, delete_on_termination=True,
                          volume_size=flavor['swap'], guest_format='swap'))
    return found


def _row(bdm: dict, source: str, destination: str, boot_index: int | None, **values) -> dict:
    name = bdm.get('device_name')
    if name is not None and not 0 < len(name) <= 255:
        raise exception.InvalidBDMFormat(details='Device name empty or too long.')
    if name is not None and ' ' in name:
        raise exception.InvalidBDMFormat(details='Device name contains spaces.')
    return {
        **{key: bdm.get(key) for key in _COPIED},
        'source_type': source, 'destination_type': destination, 'boot_index': boot_index,
        'device_name': device_names.with_dev(name) if name else None,
        'delete_on_termination': strutils.bool_from_string(bdm.get('delete_on_termination')),
        'volume_size': _number(bdm.get('volume_size'), 'Invalid volume_size.'),
        'snapshot_id': None, 'volume_id': None, 'image_id': None, **values}


def _number(value, complaint: str) -> int | None:
    try:
        number = None if value in (None, '') else int(value)
    except (TypeError, ValueError):
        raise exception.InvalidBDMFormat(details=complaint) from None
    if number is not None and abs(number) > 0x7FFFFFFF:
        raise exception.InvalidBDMFormat(details=complaint)
    return number


def _usual_destination(source: str) -> str:
    return 'volume' if source in ('volume', 'snapshot') else 'local'


def _is_local_blank(row: dict) -> bool:
    return row['source_type'] == 'blank' and row['destination_type'] == 'local'


# ---- checks

def _check_boot_sequence(rows: list[dict]) -> None:
    """What can be booted from is numbered 0, 1, 2, ...; a negative number is none."""
    indexes = sorted(row['boot_index'] for row in rows if (row['boot_index'] or 0) >= 0
                     and row['boot_index'] is not None)
    if not indexes or indexes != list(range(len(indexes))):
        raise exception.InvalidBDMBootSequence()


def _check_source(context, row: dict, image_ref: str) -> None:
    """What the device is made of must be there; its size is taken over."""
    needs_size = row['destination_type'] == 'volume' and not row['volume_size']
    if row['image_id'] is not None:
        if row['image_id'] != image_ref:
            try:
                image_service.API().get(context, row['image_id'])
            except exception.ImageNotFound:
                raise exception.InvalidBDMImage(id=row['image_id']) from None
        if needs_size:
            raise exception.InvalidBDM(
                "Images with destination_type 'volume' need to have a non-zero size specified")
    elif row['volume_id'] is not None:
        _check_volume(context, row)
    elif row['snapshot_id'] is not None:
        try:
            snapshot = volume_service.API().get_snapshot(context, row['snapshot_id'])
        except exception.SnapshotNotFound:
            raise exception.InvalidBDMSnapshot(id=row['snapshot_id']) from None
        row['volume_size'] = row['volume_size'] or snapshot['volume_size']
    elif needs_size:
        raise exception.InvalidBDM(
            "Blank volumes (source: 'blank', dest: 'volume') need to have non-zero size")


def _check_volume(context, row: dict) -> None:
    try:
        volume = volume_service.API().get(context, row['volume_id'])
    except exception.VolumeNotFound:
        raise exception.InvalidBDMVolume(id=row['volume_id']) from None
    if row['boot_index'] == 0 and not volume['bootable']:
        raise exception.InvalidBDMVolumeNotBootable(id=row['volume_id'])
    if volume['status'] != 'available':
        raise exception.InvalidVolume(
            reason=f"volume '{volume['id']}' status must be 'available'. Currently in "
                   f"'{volume['status']}'")
    row['volume_size'] = volume['size']


def _check_sizes(flavor: dict, rows: list[dict]) -> None:
    blank = [row for row in rows if _is_local_blank(row)]
    swaps = [row for row in blank if row['guest_format'] == 'swap']
    ephemeral_gb = sum(row['volume_size'] or 0 for row in blank if row not in swaps)
    if ephemeral_gb > flavor['ephemeral_gb']:
        raise exception.InvalidBDMEphemeralSize()
    if len(swaps) > 1:
        raise exception.InvalidBDMFormat(details='More than one swap drive requested.')
    if swaps and (swaps[0]['volume_size'] or 0) > flavor['swap']:
        raise exception.InvalidBDMSwapSize()
    limit = CONF.max_local_block_devices
    if 0 <= limit < sum(row['destination_type'] == 'local' for row in rows):
        raise exception.InvalidBDMLocalsLimit()


def _name_devices(rows: list[dict], root_device_name: str) -> None:
    for row in rows:
        if row['boot_index'] == 0:
            row['device_name'] = root_device_name
    used = [row['device_name'] for row in rows if row['device_name']]
    for row in rows:
        if not row['device_name']:
            row['device_name'] = device_names.choose(root_device_name, used)
            used.append(row['device_name'])


# ---- what becomes of it

def is_volume_backed(instance: dict) -> bool:
    """Whether the server's root disk is a volume."""
    return not instance['image_ref'] or root_volume(instance) is not None


def root_volume(instance: dict) -> dict | None:
    """The device that is the server's root disk, if that is a volume."""
    # Most servers have no volume at all, and need no look at their devices.
    return root_volume_among(db.get_all(instance['uuid'])) if instance['volumes_attached'] else None


def root_volume_among(rows: list[dict]) -> dict | None:
    return next((row for row in rows if row['boot_index'] == 0 and row['destination_type'] == 'volume'),
                None)


def add(conn, context, instance_uuid: str, rows: list[dict]) -> None:
    """Write the devices of a new server down, and take the volumes among them.

    Raises InvalidVolume when somebody was faster.
    """
    for row in rows:
        if row['volume_id'] is not None:
            volume_service.API().reserve_volume(context, row['volume_id'])
    db.insert(conn, instance_uuid, rows)


def prepare(conn, context, instance_uuid: str) -> None:
    """Make the volumes that a new server is to have, and attach all; harmless when repeated.

    `context` acts for the server's owner. Raises InvalidBDM when what was there is not any more.
    """
    for row in db.get_all(instance_uuid):
        if row['destination_type'] == 'volume':
            try:
                _prepare(conn, context, row)
            except (exception.Invalid, exception.NotFound, exception.QuotaError) as e:
                raise exception.InvalidBDM(e.message) from e


def _prepare(conn, context, row: dict) -> None:
    volumes = volume_service.API()
    volume_id = row['volume_id']
    if volume_id is None:
        snapshot = (volumes.get_snapshot(context, row['snapshot_id'])
                    if row['snapshot_id'] else None)
        volume_id = volumes.create(context, row['volume_size'], '', '', snapshot=snapshot,
                                   image_id=row['image_id'])['id']
        volumes.reserve_volume(context, volume_id)
        db.update(conn, row['instance_uuid'], row['id'], {'volume_id': volume_id})
    volumes.attach(context, volume_id, row['instance_uuid'], row['device_name'])


def release(conn, context, instance_uuid: str) -> None:
    """Detach all volumes of a server that goes, and delete those that were to go with it."""
    volumes = volume_service.API()
    for row in db.get_all(instance_uuid):
        if row['volume_id'] is None:
            continue
        # One that was reserved for a server that was never built is still only reserved.
        volumes.unreserve_volume(context, row['volume_id'])
        volumes.detach(context, row['volume_id'], instance_uuid)
        if row['delete_on_termination']:
            _delete(volumes, context, row['volume_id'])
    db.delete(conn, instance_uuid)


def _delete(volumes, context, volume_id: str) -> None:
    try:
        volumes.delete(context, volume_id)
    except exception.VolumeNotFound:
        LOG.info('The volume %s was deleted already', volume_id)
    except exception.InvalidInput as e:
        # It has snapshots, and stays as long as they do.
        LOG.warning('The volume %s is not deleted with its server: %s', volume_id, e.message)
