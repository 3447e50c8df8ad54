"""Notices of other services, in the default backend.

The embedded network and volume services live in the same process and the same database: what they
do to a server is seen at once, nothing waits for a notice. So one is checked, and written to the
log. A network that is elsewhere is asked what has changed.
"""

import logging

from minova import exception
from minova.compute import contract, network_elsewhere
from minova.db import notices as db

LOG = logging.getLogger(__name__)


class NoticeAPI(contract.NoticeAPI):

    def external_instance_event(self, context, events):
        hosts = db.hosts_of_servers([event['server_uuid'] for event in events])
        codes = []
        for event in events:
            uuid = event['server_uuid']
            codes.append(404 if uuid not in hosts else 200 if hosts[uuid] else 422)
            LOG.info('Event %s (%s, %s) for server %s: %d', event['name'], event['status'],
                     event['tag'], uuid, codes[-1])
        network_elsewhere.changed(context, list(dict.fromkeys(
            event['server_uuid'] for event, code in zip(events, codes, strict=True) if code == 200)))
        return codes

    def volume_snapshot_create(self, context, volume_id, create_info):
        server = self._server_of(volume_id)
        LOG.info('Snapshot %s of volume %s on server %s', create_info['snapshot_id'], volume_id,
                 server)

    def volume_snapshot_delete(self, context, volume_id, snapshot_id, delete_info):
        server = self._server_of(volume_id)
        LOG.info('Snapshot %s of volume %s on server %s goes', snapshot_id, volume_id, server)

    def _server_of(self, volume_id: str) -> str:
        server = db.server_of_volume(volume_id)
        if server is None:
            raise exception.VolumeBDMNotFound(volume_id=volume_id)
        return server
