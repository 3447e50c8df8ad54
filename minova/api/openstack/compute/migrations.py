"""Migrations: servers on their way between hosts, and those that arrived."""

from minova import compute
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.views import times
from minova.policies import migrations as policies

ALIAS = 'os-migrations'
_FILTERS = ('status', 'host', 'source_compute', 'hidden', 'migration_type')
_SHOWN = ('id', 'instance_uuid', 'status', 'source_compute', 'source_node', 'dest_compute',
          'dest_node', 'dest_host', 'old_instance_type_id', 'new_instance_type_id')


class MigrationsController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.host_api = compute.HostAPI()

    @extensions.expected_errors(())
    def index(self, req):
        req.context.can(policies.INDEX)
        filters = {name: req.GET[name] for name in _FILTERS if name in req.GET}
        migrations = self.host_api.get_migrations(req.context, filters)
        return {'migrations': [_view(migration) for migration in migrations]}


def _view(migration: dict) -> dict:
    return {**{name: migration[name] for name in _SHOWN},
            'created_at': times.microseconds(migration['created_at']),
            'updated_at': times.microseconds(migration['updated_at'])}


class Migrations(extensions.V21APIExtensionBase):
    """The resource os-migrations."""

    name = 'Migrations'
    alias = ALIAS
    description = 'Provide data on migrations.'

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, MigrationsController())]

    def get_controller_extensions(self):
        return []
