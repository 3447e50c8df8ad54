"""The action createBackup: an image of a server, and the end of those that are too old."""

from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.schemas import create_backup as schema
from minova.api.openstack.compute.server_action import ServerActionController
from minova.api.openstack.compute.servers_actions import (
    check_image_metadata,
    check_image_metadata_keys,
)
from minova.policies import create_backup as policies

ALIAS = 'os-create-backup'


class CreateBackupController(ServerActionController):

    @extensions.expected_errors((400, 403, 404, 409))
    @wsgi.action('createBackup')
    @validation.schema(schema.create_backup)
    def _create_backup(self, req, id, body):
        context, entity = req.context, body['createBackup']
        context.can(policies.BASE)
        rotation, metadata = int(entity['rotation']), entity.get('metadata', {})
        check_image_metadata(context, metadata)
        check_image_metadata_keys(metadata)
        instance = common.get_instance(self.compute_api, context, id)
        with common.refusals('createBackup', id):
            image = self.compute_api.backup(
                context, instance, entity['name'], entity['backup_type'], rotation,
                # The properties of images are texts.
                extra_properties={key: str(value) for key, value in metadata.items()})
        answer = common.accepted(req)
        if rotation > 0:
            answer.headers['Location'] = f'{common.application_url(req)}/images/{image["id"]}'
        return answer


class CreateBackup(extensions.V21APIExtensionBase):
    """The action createBackup."""

    name = 'CreateBackup'
    alias = ALIAS
    description = 'Create a backup of a server.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', CreateBackupController())]
