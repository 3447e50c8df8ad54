from minova.policies import base

BASE = 'os_compute_api:os-volumes'
ATTACHMENTS = 'os_compute_api:os-volumes-attachments:%s'
_URL = '/servers/{server_id}/os-volume_attachments'


def list_rules():
    return [
        base.rule(BASE, base.ADMIN_OR_OWNER, 'Everything about volumes and snapshots.',
                  'GET /os-volumes', 'POST /os-volumes', 'GET /os-volumes/detail',
                  'GET /os-volumes/{volume_id}', 'DELETE /os-volumes/{volume_id}',
                  'GET /os-snapshots', 'POST /os-snapshots', 'GET /os-snapshots/detail',
                  'GET /os-snapshots/{snapshot_id}', 'DELETE /os-snapshots/{snapshot_id}'),
        base.rule(ATTACHMENTS % 'index', base.ADMIN_OR_OWNER, 'List the volumes of a server.',
                  f'GET {_URL}'),
        base.rule(ATTACHMENTS % 'show', base.ADMIN_OR_OWNER, 'Show one of them.',
                  f'GET {_URL}/{{volume_id}}'),
        base.rule(ATTACHMENTS % 'create', base.ADMIN_OR_OWNER, 'Attach a volume.', f'POST {_URL}'),
        base.rule(ATTACHMENTS % 'update', base.ADMIN_OR_OWNER, 'Put another volume in its place.',
                  f'PUT {_URL}/{{volume_id}}'),
        base.rule(ATTACHMENTS % 'delete', base.ADMIN_OR_OWNER, 'Detach a volume.',
                  f'DELETE {_URL}/{{volume_id}}'),
    ]
