from minova.policies import base

_ACTION = 'POST /servers/{server_id}/action'
MIGRATE = 'os_compute_api:os-migrate-server:migrate'
MIGRATE_LIVE = 'os_compute_api:os-migrate-server:migrate_live'


def list_rules():
    return [
        base.rule(MIGRATE, base.ADMIN, 'Migrate a server.', _ACTION),
        base.rule(MIGRATE_LIVE, base.ADMIN, 'Migrate a server while it runs.', _ACTION),
    ]
