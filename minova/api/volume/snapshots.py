"""Snapshots and their metadata."""

import webob.exc
from oslo_utils import strutils

from minova import exception, volume
from minova.api import rest
from minova.api.volume import actions, listing, microversions, schemas, views
from minova.api.volume.volumes import check_item, names
from minova.policies import block_storage as policies

_KIND = listing.Kind(
    keys={'id': 'id', 'name': 'display_name', 'status': 'status', 'volume_id': 'volume_id',
          'project_id': 'project_id', 'user_id': 'user_id', 'volume_size': 'volume_size',
          'created_at': 'created_at', 'updated_at': 'updated_at'},
    texts=frozenset(('name', 'status')), integers=frozenset(('volume_size',)),
    sort_keys=frozenset(('id', 'name', 'status', 'volume_id', 'volume_size', 'created_at',
                         'updated_at')))


class Snapshots(rest.Controller):

    def __init__(self):
        self.volume_api = volume.API()

    @rest.route('GET', '/snapshots')
    def index(self, req):
        return self._list(req, views.snapshot_summary)

    @rest.route('GET', '/snapshots/detail')
    def detail(self, req):
        return self._list(req, views.snapshot)

    def _list(self, req, view) -> dict:
        req.context.can(policies.SNAPSHOTS)
        found = self.volume_api.get_all_snapshots(req.context, **listing.page(req, _KIND))
        answer = {'snapshots': [view(req, each) for each in found]}
        if links := listing.links(req, found):
            answer['snapshots_links'] = links
        if listing.wants_count(req):
            answer['count'] = self.volume_api.count_snapshots(
                req.context, **listing.narrowed(req, _KIND))
        return answer

    @rest.route('GET', '/snapshots/{snapshot_id}')
    def show(self, req, snapshot_id):
        req.context.can(policies.SNAPSHOTS)
        return {'snapshot': views.snapshot(
            req, self.volume_api.get_snapshot(req.context, snapshot_id))}

    @rest.route('POST', '/snapshots', code=202, schema=schemas.snapshot_create)
    def create(self, req):
        req.context.can(policies.SNAPSHOTS)
        values = req.json['snapshot']
        named = names(values)
        made = self.volume_api.create_snapshot(
            req.context, values['volume_id'], named.get('display_name'),
            named.get('display_description'), force=_force(req, values),
            metadata=values.get('metadata'))
        return {'snapshot': views.snapshot_summary(req, made)}

    @rest.route('PUT', '/snapshots/{snapshot_id}', schema=schemas.snapshot_update)
    def update(self, req, snapshot_id):
        req.context.can(policies.SNAPSHOTS)
        return {'snapshot': views.snapshot_summary(req, self.volume_api.update_snapshot(
            req.context, snapshot_id, names(req.json['snapshot'])))}

    @rest.route('DELETE', '/snapshots/{snapshot_id}', code=202)
    def delete(self, req, snapshot_id):
        req.context.can(policies.SNAPSHOTS)
        self.volume_api.delete_snapshot(req.context, snapshot_id, force=False)


def _force(req, values: dict) -> bool:
    """Whether the volume may be in use; since 3.66 it always may, and nobody need say so."""
    force = values.get('force')
    if not microversions.at_least(req, '3.66'):
        return strutils.bool_from_string(force)
    if force is not None and not strutils.bool_from_string(force):
        raise webob.exc.HTTPBadRequest(
            explanation="Invalid input for field/attribute force. Value: "
                        f"{force}. Since microversion 3.66 it is no longer supported.")
    return True


class SnapshotMetadata(rest.Controller):

    def __init__(self):
        self.volume_api = volume.API()

    @rest.route('GET', '/snapshots/{snapshot_id}/metadata')
    def index(self, req, snapshot_id):
        req.context.can(policies.SNAPSHOTS)
        return {'metadata': self.volume_api.get_snapshot(req.context, snapshot_id)['metadata']}

    @rest.route('POST', '/snapshots/{snapshot_id}/metadata', schema=schemas.metadata)
    def create(self, req, snapshot_id):
        return self._set(req, snapshot_id, req.json['metadata'])

    @rest.route('PUT', '/snapshots/{snapshot_id}/metadata', schema=schemas.metadata)
    def replace(self, req, snapshot_id):
        return self._set(req, snapshot_id, req.json['metadata'], whole=True)

    def _set(self, req, snapshot_id: str, items: dict, whole: bool = False) -> dict:
        req.context.can(policies.SNAPSHOTS)
        return {'metadata': self.volume_api.update_snapshot_metadata(
            req.context, snapshot_id, items, whole=whole)}

    @rest.route('GET', '/snapshots/{snapshot_id}/metadata/{key}')
    def show(self, req, snapshot_id, key):
        items = self.index(req, snapshot_id)['metadata']
        if key not in items:
            raise exception.SnapshotMetadataNotFound(snapshot_id=snapshot_id, metadata_key=key)
        return {'meta': {key: items[key]}}

    @rest.route('PUT', '/snapshots/{snapshot_id}/metadata/{key}', schema=schemas.metadata_item)
    def update(self, req, snapshot_id, key):
        check_item(req.json['meta'], key)
        self._set(req, snapshot_id, req.json['meta'])
        return {'meta': req.json['meta']}

    @rest.route('DELETE', '/snapshots/{snapshot_id}/metadata/{key}')
    def delete(self, req, snapshot_id, key):
        req.context.can(policies.SNAPSHOTS)
        self.volume_api.delete_snapshot_metadata(req.context, snapshot_id, key)
        return rest.json_answer(200, None)


class SnapshotActions(actions.ActionController):

    def __init__(self):
        super().__init__()
        self.volume_api = volume.API()

    @rest.route('POST', '/snapshots/{snapshot_id}/action')
    def action(self, req, snapshot_id):
        return self.carry_out(req, snapshot_id)

    @actions.action('os-reset_status', schema=schemas.snapshot_status)
    def reset_status(self, req, snapshot_id, arguments):
        req.context.can(policies.SNAPSHOT_ADMIN_ACTIONS)
        self.volume_api.update_snapshot(req.context, snapshot_id, {'status': arguments['status']})

    @actions.action('os-update_snapshot_status', schema=schemas.snapshot_status)
    def update_status(self, req, snapshot_id, arguments):
        req.context.can(policies.SNAPSHOT_STATUS)
        self.volume_api.update_snapshot(req.context, snapshot_id, {
            key: arguments[key] for key in ('status', 'progress') if key in arguments})

    @actions.action('os-force_delete')
    def force_delete(self, req, snapshot_id, arguments):
        req.context.can(policies.SNAPSHOT_ADMIN_ACTIONS)
        self.volume_api.delete_snapshot(req.context, snapshot_id, force=True)
