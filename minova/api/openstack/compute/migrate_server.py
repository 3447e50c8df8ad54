"""The actions migrate and os-migrateLive."""

import webob.exc
from oslo_utils import strutils

from minova import exception
from minova.api import validation
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.schemas import migrate_server as schema
from minova.api.openstack.compute.server_action import ServerActionController
from minova.policies import migrate_server as policies

ALIAS = 'os-migrate-server'


class MigrateServerController(ServerActionController):

    @wsgi.response(202)
    @extensions.expected_errors((400, 403, 404, 409))
    @wsgi.action('migrate')
    def _migrate(self, req, id, body):
        try:
            self._do(req, id, policies.MIGRATE, 'migrate', 'resize')
        except exception.QuotaError as e:
            raise webob.exc.HTTPForbidden(explanation=e.message) from None
        except exception.NoValidHost as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None

    @wsgi.response(202)
    @extensions.expected_errors((400, 404, 409))
    @wsgi.action('os-migrateLive')
    @validation.schema(schema.migrate_live)
    def _migrate_live(self, req, id, body):
        arguments = body['os-migrateLive']
        try:
            self._do(req, id, policies.MIGRATE_LIVE, 'os-migrateLive', 'live_migrate',
                     strutils.bool_from_string(arguments['block_migration']),
                     strutils.bool_from_string(arguments['disk_over_commit']), arguments['host'])
        except (exception.ComputeServiceUnavailable, exception.NoValidHost,
                exception.UnableToMigrateToSelf) as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None


class MigrateServer(extensions.V21APIExtensionBase):
    """The actions migrate and os-migrateLive."""

    name = 'MigrateServer'
    alias = ALIAS
    description = 'Enable migrate and live-migrate server actions.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', MigrateServerController())]
