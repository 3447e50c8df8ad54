"""What a request for servers must satisfy, and the rows that it becomes."""

import random
import re
import string
import uuid

from oslo_utils import units

from minova import exception, network
from minova import image as image_service
from minova.compute import keypairs, quotas, states, zones
from minova.conf import CONF
from minova.virt import power_states

_RESERVATION_ALPHABET = string.ascii_lowercase + string.digits
_USER_DATA_LIMIT = 65535            # bytes, base64 encoded; the column in Nova's database


# ---- checks

def check_user_data(user_data: str | None) -> None:
    """Raises InstanceUserDataTooLarge."""
    if user_data and len(user_data) > _USER_DATA_LIMIT:
        raise exception.InstanceUserDataTooLarge(maxsize=_USER_DATA_LIMIT, length=len(user_data))


def check_metadata(context, metadata: dict | None) -> None:
    """Raises MetadataLimitExceeded, InvalidMetadata, InvalidMetadataSize."""
    if not metadata:
        return
    for key, value in metadata.items():
        if not isinstance(key, str) or not isinstance(value, str):
            raise exception.InvalidMetadata(reason='Metadata property key or value is not a string.')
        if not key:
            raise exception.InvalidMetadata(reason='Metadata property key blank')
        if len(key) > 255:
            raise exception.InvalidMetadataSize(
                reason='Metadata property key greater than 255 characters')
        if len(value) > 255:
            raise exception.InvalidMetadataSize(
                reason='Metadata property value greater than 255 characters')
    try:
        quotas.QuotaAPI().limit_check(context, metadata_items=len(metadata))
    except exception.OverQuota as e:
        raise exception.MetadataLimitExceeded(
            allowed=e.kwargs['quotas']['metadata_items']) from None


def check_injected_files(context, files: list[tuple[str, str]] | None) -> None:
    """Raises OnsetFileLimitExceeded, OnsetFilePathLimitExceeded, OnsetFileContentLimitExceeded."""
    if not files:
        return
    limits = quotas.QuotaAPI()
    try:
        limits.limit_check(context, injected_files=len(files))
    except exception.OverQuota:
        raise exception.OnsetFileLimitExceeded() from None
    try:
        limits.limit_check(context,
                           injected_file_path_bytes=max(len(path) for path, _ in files),
                           injected_file_content_bytes=max(len(content) for _, content in files))
    except exception.OverQuota as e:
        if 'injected_file_path_bytes' in e.kwargs['overs']:
            raise exception.OnsetFilePathLimitExceeded() from None
        raise exception.OnsetFileContentLimitExceeded() from None


def check_image(context, image_ref: str | None, flavor: dict) -> dict | None:
    """The image that a server is made of, if it is made of one, and the flavor has the memory for it.

    Raises ImageNotFound, ImageNotActive, FlavorMemoryTooSmall.
    """
    if not image_ref:
        return None
    image = image_service.API().get(context, image_ref)
    if image['status'] != 'active':
        raise exception.ImageNotActive(image_id=image_ref)
    if flavor['memory_mb'] < int(image['min_ram'] or 0):
        raise exception.FlavorMemoryTooSmall()
    return image


def check_root_disk(image: dict | None, flavor: dict, root_volume: dict | None) -> None:
    """Raises FlavorDiskTooSmall, of a kind that says why.

    root_volume: the device that is the root disk, if that is a volume; the flavor's disk is not used then.
    """
    if image is None:
        return
    image_size, min_disk = int(image['size'] or 0), int(image['min_disk'] or 0) * units.Gi
    if root_volume is not None:
        volume_size = (root_volume['volume_size'] or 0) * units.Gi
        if volume_size and min_disk > volume_size:
            raise exception.VolumeSmallerThanMinDisk(volume_size=volume_size, image_min_disk=min_disk)
        return
    flavor_size = flavor['root_gb'] * units.Gi
    if not flavor_size:
        return      # it grows to the size of the image
    if image_size > flavor_size:
        raise exception.FlavorDiskSmallerThanImage(flavor_size=flavor_size, image_size=image_size)
    if min_disk > flavor_size:
        raise exception.FlavorDiskSmallerThanMinDisk(flavor_size=flavor_size, image_min_disk=min_disk)


def check_networks(context, requested: list[dict] | None, count: int) -> None:
    """Raises MaxCountWithFixedIp and MultiplePortsNotApplicable (an address, or a port, is for one
    server), and what the network refuses."""
    if count > 1 and any(wanted.get('fixed_ip') for wanted in requested or ()):
        raise exception.MaxCountWithFixedIp()
    if count > 1 and any(wanted.get('port') for wanted in requested or ()):
        raise exception.MultiplePortsNotApplicable()
    network.API().validate_networks(context, requested)


def check_zone(zone: str | None, forced_host: str | None) -> None:
    """Raises AvailabilityZoneNotAvailable when no enabled host is in the zone.

    Who says on which host knows what they do.
    """
    if zone and forced_host is None and zone not in zones.available_zones():
        raise exception.AvailabilityZoneNotAvailable()


# ---- values

def parse_availability_zone(text: str | None) -> tuple[str | None, str | None, str | None]:
    """(zone, host, node) of 'zone', 'zone:host', 'zone:host:node' or 'zone::node'.

    Raises InvalidInput.
    """
    zone, *rest = (text or '').split(':')
    if len(rest) > 2:
        raise exception.InvalidInput(reason='Unable to parse availability_zone')
    host, node = [*rest, None, None][:2]
    # 'zone:' names no host, but says that the zone is not to be looked at.
    return zone or CONF.default_schedule_zone, host, node or None


def auto_disk_config(requested: bool | None, image: dict | None) -> bool:
    """Whether the disk is resized by itself: as asked for, else as the image says, else not.

    Raises AutoDiskConfigDisabledByImage when the image forbids what was asked for.
    """
    of_image = image['properties'].get('auto_disk_config') if image else None
    if str(of_image).lower() == 'disabled' and requested:
        raise exception.AutoDiskConfigDisabledByImage(image=image['id'])
    if requested is not None:
        return requested
    return str(of_image).lower() in ('true', '1', 'yes', 'on', 't', 'y')


def config_drive(requested) -> str:
    """'True' or ''. Raises ConfigDriveInvalidValue."""
    if requested is None or requested == '':
        return ''
    if isinstance(requested, str):
        if requested.lower() in ('true', '1', 'yes', 'on', 't', 'y'):
            return 'True'
        if requested.lower() in ('false', '0', 'no', 'off', 'f', 'n'):
            return ''
        raise exception.ConfigDriveInvalidValue(option=requested)
    return 'True' if requested else ''


def hostname_of(name: str, instance_uuid: str) -> str:
    """What the server calls itself: its name as far as a host name may be like it."""
    hostname = re.sub('[ _]', '-', name.encode('latin-1', 'ignore').decode('latin-1'))
    hostname = re.sub(r'[^\w.-]+', '', hostname, flags=re.ASCII).lower().strip('.-')[:63]
    return hostname or f'Server-{instance_uuid}'


def generate_reservation_id() -> str:
    return 'r-' + ''.join(random.choices(_RESERVATION_ALPHABET, k=8))


def kernel_and_ramdisk(image: dict | None) -> tuple[str, str]:
    """The ids that the image names; '' for none."""
    properties = image['properties'] if image else {}
    return tuple('' if properties.get(key) in (None, 'nokernel') else properties[key]
                 for key in ('kernel_id', 'ramdisk_id'))


def rows(context, flavor: dict, image: dict | None, count: int, *, display_name: str,
         key_name: str | None, auto_disk_config: bool, **values) -> list[dict]:
    """`count` servers that are to be built, as rows of instances.

    `values` are columns that all have in common, as they are. Raises KeypairNotFound.
    """
    key_data = None
    if key_name is not None:
        key_data = keypairs.KeypairAPI().get_key_pair(
            context, context.user_id, key_name)['public_key']
    kernel_id, ramdisk_id = kernel_and_ramdisk(image)
    properties = image['properties'] if image else {}
    common = {
        'user_id': context.user_id, 'project_id': context.project_id,
        'vm_state': states.BUILDING, 'task_state': states.SCHEDULING, 'power_state': power_states.NOSTATE,
        'progress': 0, 'locked': False,
        'image_ref': image['id'] if image else '', 'kernel_id': kernel_id, 'ramdisk_id': ramdisk_id,
        'architecture': properties.get('architecture'), 'os_type': properties.get('os_type'),
        'vm_mode': properties.get('vm_mode'),
        'flavor_id': flavor['id'], 'flavorid': flavor['flavorid'], 'flavor': plain_flavor(flavor),
        'memory_mb': flavor['memory_mb'], 'vcpus': flavor['vcpus'], 'root_gb': flavor['root_gb'],
        'ephemeral_gb': flavor['ephemeral_gb'], 'swap_mb': flavor['swap'],
        'key_name': key_name, 'key_data': key_data, 'auto_disk_config': auto_disk_config,
        'system_metadata': {f'image_{k}': v for k, v in properties.items()},
        **values}
    made = []
    for index in range(count):
        instance_uuid = str(uuid.uuid4())
        made.append(common | {
            'uuid': instance_uuid, 'launch_index': index,
            'display_name': display_name, 'display_description': display_name,
            'hostname': hostname_of(display_name, instance_uuid)})
    return made


def numbered(rows: list[dict]) -> list[dict]:
    """These rows, with the names of servers that are made together; one that is alone keeps its own."""
    if len(rows) == 1:
        return rows
    names = [CONF.multi_instance_display_name_template % {
        'uuid': row['uuid'], 'name': row['display_name'], 'count': row['launch_index'] + 1} for row in rows]
    return [row | {'display_name': name, 'hostname': hostname_of(name, row['uuid'])}
            for row, name in zip(rows, names, strict=True)]


def plain_flavor(flavor: dict) -> dict:
    """The flavor as it is kept with a server: its keys that JSON has a form for."""
    return {k: flavor[k] for k in ('id', 'flavorid', 'name', 'memory_mb', 'vcpus', 'root_gb',
                                   'ephemeral_gb', 'swap', 'rxtx_factor', 'extra_specs')}


def request_spec(instance: dict, flavor: dict | None = None, **more) -> dict:
    """What the scheduler is asked for a server that is there, with all of its columns.

    `flavor` is the one that it is to get, by default its own. `more` are further keys.
    """
    properties = {k.removeprefix('image_'): v for k, v in instance['system_metadata'].items()
                  if k.startswith('image_')}
    return {'flavor': plain_flavor(flavor) if flavor else instance['flavor'],
            'project_id': instance['project_id'], 'instance_uuids': [instance['uuid']],
            'availability_zone': instance['availability_zone'],
            'image': {'id': instance['image_ref'], 'properties': properties},
            'scheduler_hints': instance['scheduler_hints'], **more}


def flavor_columns(flavor: dict) -> dict:
    """The columns of a server that its flavor decides."""
    return {'flavor_id': flavor['id'], 'flavorid': flavor['flavorid'], 'flavor': plain_flavor(flavor),
            'memory_mb': flavor['memory_mb'], 'vcpus': flavor['vcpus'],
            'root_gb': flavor['root_gb'], 'ephemeral_gb': flavor['ephemeral_gb'],
            'swap_mb': flavor['swap']}
