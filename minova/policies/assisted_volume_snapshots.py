from minova.policies import base

CREATE = 'os_compute_api:os-assisted-volume-snapshots:create'
DELETE = 'os_compute_api:os-assisted-volume-snapshots:delete'


def list_rules():
    return [base.rule(CREATE, base.ADMIN, 'Have the hypervisor take a snapshot of a volume.',
                      'POST /os-assisted-volume-snapshots'),
            base.rule(DELETE, base.ADMIN, 'Have the hypervisor delete such a snapshot.',
                      'DELETE /os-assisted-volume-snapshots/{snapshot_id}')]
