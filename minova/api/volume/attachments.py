"""Attachments, as Nova of today asks for them."""

from oslo_utils import uuidutils

from minova import compute, exception, volume
from minova.api import rest
from minova.api.volume import actions, listing, microversions, schemas, views
from minova.policies import block_storage as policies

_KIND = listing.Kind(
    keys={'id': 'attachment_id', 'status': 'attachment_status', 'instance_id': 'instance_uuid',
          'volume_id': 'id', 'project_id': 'project_id'},
    times=frozenset())


class Servers:
    """Whether a server of the compute API has a volume: then that API is where to detach it."""

    def __init__(self):
        self._compute_api = None

    def check_not_using(self, context, found: dict) -> None:
        """Raises VolumeInUseByServer."""
        if not found['instance_uuid']:
            return
        if self._compute_api is None:
            self._compute_api = compute.API(), compute.VolumeAttachmentAPI()
        servers, devices = self._compute_api
        context = context.elevated()
        try:
            server = servers.get(context, found['instance_uuid'])
        except exception.InstanceNotFound:
            return
        if any(device['volume_id'] == found['id']
               for device in devices.get_block_devices(context, server)):
            raise exception.VolumeInUseByServer(instance_id=found['instance_uuid'])


class Attachments(actions.ActionController):

    def __init__(self):
        super().__init__()
        self.volume_api = volume.API()
        self.servers = Servers()

    @staticmethod
    def _authorize(req) -> None:
        microversions.require(req, '3.27')
        req.context.can(policies.ATTACHMENTS)

    @rest.route('GET', '/attachments')
    def index(self, req):
        return self._list(req, views.attachment_summary)

    @rest.route('GET', '/attachments/detail')
    def detail(self, req):
        return self._list(req, views.attachment)

    def _list(self, req, view) -> dict:
        self._authorize(req)
        arguments = listing.page(req, _KIND)
        del arguments['sort']
        found = self.volume_api.get_all_attachments(req.context, **arguments)
        attachments = [view(each) for each in found]
        answer = {'attachments': attachments}
        if links := listing.links(req, attachments):
            answer['attachments_links'] = links
        return answer

    @rest.route('GET', '/attachments/{attachment_id}')
    def show(self, req, attachment_id):
        self._authorize(req)
        return {'attachment': views.attachment(
            self.volume_api.get_attachment(req.context, attachment_id))}

    @rest.route('POST', '/attachments', schema=schemas.attachment_create)
    def create(self, req):
        self._authorize(req)
        values = req.json['attachment']
        instance_uuid = values.get('instance_uuid') or None
        if instance_uuid is not None and not uuidutils.is_uuid_like(instance_uuid):
            raise exception.InvalidInput(
                reason=f"Value '{instance_uuid}' for field/attribute instance_uuid is not a uuid.")
        mode = values.get('mode') if microversions.at_least(req, '3.54') else None
        return {'attachment': views.attachment(self.volume_api.create_attachment(
            req.context, values['volume_uuid'], instance_uuid, values.get('connector'), mode))}

    @rest.route('PUT', '/attachments/{attachment_id}', schema=schemas.attachment_update)
    def update(self, req, attachment_id):
        self._authorize(req)
        return {'attachment': views.attachment(self.volume_api.update_attachment(
            req.context, attachment_id, req.json['attachment']['connector']))}

    @rest.route('POST', '/attachments/{attachment_id}/action')
    def action(self, req, attachment_id):
        self._authorize(req)
        microversions.require(req, '3.44')
        return self.carry_out(req, attachment_id)

    @actions.action('os-complete', code=204)
    def complete(self, req, attachment_id, arguments):
        self.volume_api.complete_attachment(req.context, attachment_id)

    @rest.route('DELETE', '/attachments/{attachment_id}')
    def delete(self, req, attachment_id):
        self._authorize(req)
        found = self.volume_api.get_attachment(req.context, attachment_id)
        self.servers.check_not_using(req.context, found)
        self.volume_api.delete_attachment(req.context, attachment_id)
        # Of the volume's attachments, those that are left.
        return {'attachments': []}
