"""What is done to a volume by POST /volumes/{volume_id}/action."""

from oslo_utils import strutils

from minova import exception, image, volume
from minova.api import rest
from minova.api.volume import actions, attachments, microversions, schemas
from minova.policies import block_storage as policies

_GIB = 2 ** 30


class VolumeActions(actions.ActionController):

    def __init__(self):
        super().__init__()
        self.volume_api = volume.API()
        self.image_api = image.API()
        self.servers = attachments.Servers()

    @rest.route('POST', '/volumes/{volume_id}/action')
    def action(self, req, volume_id):
        return self.carry_out(req, volume_id)

    # ---- the way into a server and back

    @actions.action('os-reserve')
    def reserve(self, req, volume_id, arguments):
        req.context.can(policies.RESERVE)
        self.volume_api.reserve_volume(req.context, volume_id)

    @actions.action('os-unreserve')
    def unreserve(self, req, volume_id, arguments):
        req.context.can(policies.RESERVE)
        self.volume_api.get(req.context, volume_id)
        self.volume_api.unreserve_volume(req.context, volume_id)

    @actions.action('os-begin_detaching')
    def begin_detaching(self, req, volume_id, arguments):
        req.context.can(policies.RESERVE)
        self.volume_api.begin_detaching(req.context, volume_id)

    @actions.action('os-roll_detaching')
    def roll_detaching(self, req, volume_id, arguments):
        req.context.can(policies.RESERVE)
        self.volume_api.get(req.context, volume_id)
        self.volume_api.roll_detaching(req.context, volume_id)

    @actions.action('os-attach', schema=schemas.attach)
    def attach(self, req, volume_id, arguments):
        req.context.can(policies.ATTACH)
        if arguments.get('instance_uuid') and arguments.get('host_name'):
            raise exception.InvalidInput(
                reason='Invalid request to attach volume to an instance and/or a host.')
        self.volume_api.get(req.context, volume_id)
        self.volume_api.attach(
            req.context, volume_id, arguments.get('instance_uuid'), arguments['mountpoint'],
            host=arguments.get('host_name'), mode=arguments.get('mode', 'rw'), available=True)

    @actions.action('os-detach', schema=schemas.detach)
    def detach(self, req, volume_id, arguments):
        req.context.can(policies.ATTACH)
        found = self._attached(req.context, volume_id, arguments or {})
        self.volume_api.detach(req.context, volume_id, found['instance_uuid'])

    @actions.action('os-force_detach', schema=schemas.detach)
    def force_detach(self, req, volume_id, arguments):
        req.context.can(policies.ADMIN_ACTIONS)
        self._attached(req.context, volume_id, arguments or {})
        self.volume_api.reset_status(req.context, volume_id, 'available', 'detached')

    def _attached(self, context, volume_id: str, arguments: dict) -> dict:
        """The volume, which the compute API does not use. Raises VolumeAttachmentNotFound."""
        found = self.volume_api.get(context, volume_id)
        attachment_id = arguments.get('attachment_id')
        if attachment_id not in (None, found['attachment_id']):
            raise exception.VolumeAttachmentNotFound(filter=f'attachment_id = {attachment_id}')
        self.servers.check_not_using(context, found)
        return found

    # ---- what a volume is

    @actions.action('os-extend', schema=schemas.extend)
    def extend(self, req, volume_id, arguments):
        req.context.can(policies.EXTEND)
        self.volume_api.extend(req.context, volume_id, int(arguments['new_size']),
                               attached=microversions.at_least(req, '3.42'))

    @actions.action('os-retype', schema=schemas.retype)
    def retype(self, req, volume_id, arguments):
        req.context.can(policies.RETYPE)
        found = self.volume_api.get_type(req.context, arguments['new_type'])
        self.volume_api.retype(req.context, volume_id, found)

    @actions.action('os-set_bootable', code=200, schema=schemas.set_bootable)
    def set_bootable(self, req, volume_id, arguments):
        req.context.can(policies.UPDATE)
        self.volume_api.update(req.context, volume_id, {
            'bootable': strutils.bool_from_string(arguments['bootable'])})

    @actions.action('os-update_readonly_flag', schema=schemas.set_readonly)
    def set_readonly(self, req, volume_id, arguments):
        req.context.can(policies.UPDATE)
        found = self.volume_api.get(req.context, volume_id)
        if found['status'] != 'available':
            raise exception.InvalidVolume(
                reason=f'Volume {volume_id} status must be available to update readonly flag, but '
                       f'current status is: {found["status"]}.')
        self.volume_api.update(req.context, volume_id, {
            'readonly': strutils.bool_from_string(arguments['readonly'])})

    @actions.action('os-reset_status', schema=schemas.volume_status)
    def reset_status(self, req, volume_id, arguments):
        req.context.can(policies.ADMIN_ACTIONS)
        self.volume_api.reset_status(req.context, volume_id, arguments.get('status'),
                                     arguments.get('attach_status'))

    @actions.action('os-force_delete')
    def force_delete(self, req, volume_id, arguments):
        req.context.can(policies.FORCE_DELETE)
        self.volume_api.delete(req.context, volume_id, force=True)

    # ---- its image

    @actions.action('os-show_image_metadata', code=200)
    def show_image_metadata(self, req, volume_id, arguments):
        req.context.can(policies.IMAGE_METADATA)
        return {'metadata': self.volume_api.get(req.context, volume_id)['image_metadata'] or {}}

    @actions.action('os-set_image_metadata', code=200, schema=schemas.metadata)
    def set_image_metadata(self, req, volume_id, arguments):
        req.context.can(policies.IMAGE_METADATA)
        return {'metadata': self.volume_api.update_metadata(
            req.context, volume_id, arguments['metadata'], of_image=True)}

    @actions.action('os-unset_image_metadata', code=200, schema=schemas.image_metadata_key)
    def unset_image_metadata(self, req, volume_id, arguments):
        req.context.can(policies.IMAGE_METADATA)
        self.volume_api.delete_metadata(req.context, volume_id, arguments['key'], of_image=True)

    @actions.action('os-volume_upload_image', schema=schemas.upload)
    def upload_image(self, req, volume_id, arguments):
        context = req.context
        context.can(policies.UPLOAD)
        found = self.volume_api.get(context, volume_id)
        force = strutils.bool_from_string(arguments.get('force', False))
        if found['status'] != 'available' and not (force and found['status'] == 'in-use'):
            raise exception.InvalidVolume(
                reason=f"Volume {volume_id} status must be 'available' or 'in-use' with force to be "
                       f"uploaded, but current status is: {found['status']}")
        made = self._make_image(context, found, arguments)
        return {'os-volume_upload_image': {
            'id': volume_id, 'updated_at': None, 'status': 'uploading', 'size': found['size'],
            'display_description': found['display_description'],
            'volume_type': found['volume_type'] and {
                'id': found['volume_type_id'], 'name': found['volume_type']},
            'image_id': made['id'], 'image_name': made['name'],
            'disk_format': made['disk_format'], 'container_format': made['container_format'],
            'visibility': made['visibility'], 'protected': bool(made['protected'])}}

    def _make_image(self, context, found: dict, arguments: dict) -> dict:
        """An image as large as the volume, and as empty: it is active at once."""
        visibility = arguments.get('visibility') or 'private'
        if visibility == 'public' and not context.is_admin:
            raise exception.PolicyNotAuthorized(action='publicize_image')
        known = found['image_metadata'] or {}
        own = {'image_id', 'image_name', 'checksum', 'container_format', 'disk_format', 'min_disk',
               'min_ram', 'size'}
        return self.image_api.create(context, {
            'name': arguments['image_name'], 'status': 'active', 'size': found['size'] * _GIB,
            'disk_format': arguments.get('disk_format') or 'raw',
            'container_format': arguments.get('container_format') or 'bare',
            'min_disk': found['size'], 'min_ram': _number(known.get('min_ram')), 'visibility': visibility,
            'protected': strutils.bool_from_string(arguments.get('protected', False)),
            'properties': {key: value for key, value in known.items() if key not in own}})


def _number(text: str | None) -> int:
    """A number out of the metadata of an image, which members may write; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
