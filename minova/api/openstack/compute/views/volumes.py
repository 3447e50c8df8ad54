"""How volumes, snapshots and attachments look."""


def volume(values: dict) -> dict:
    attachments = [{}]
    if values['attach_status'] == 'attached':
        attachments = [attachment(values['id'], values['instance_uuid'], values['mountpoint'])]
    return {
        'id': values['id'],
        'status': values['status'],
        'size': values['size'],
        'availabilityZone': values['availability_zone'],
        'createdAt': _time(values['created_at']),
        'attachments': attachments,
        'displayName': values['display_name'],
        'displayDescription': values['display_description'],
        'volumeType': values['volume_type'],
        'snapshotId': values['snapshot_id'],
        'metadata': values['metadata'],
    }


def snapshot(values: dict) -> dict:
    return {
        'id': values['id'],
        'volumeId': values['volume_id'],
        'status': values['status'],
        'size': values['volume_size'],
        'createdAt': _time(values['created_at']),
        'displayName': values['display_name'],
        'displayDescription': values['display_description'],
    }


def attachment(volume_id: str, server_id: str, device: str | None) -> dict:
    """An attachment has no id of its own; that of the volume stands for it."""
    view = {'id': volume_id, 'volumeId': volume_id, 'serverId': server_id}
    if device:
        view['device'] = device
    return view


def _time(value) -> str:
    return value.strftime('%Y-%m-%dT%H:%M:%S.%f')
