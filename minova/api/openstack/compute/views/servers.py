"""How servers look, before the extensions add to them."""

import functools
import hashlib

from minova.api.openstack import api_version_request, common
from minova.api.openstack.compute.views import addresses as addresses_view

_PROGRESS_STATUSES = frozenset({'ACTIVE', 'BUILD', 'REBUILD', 'RESIZE', 'VERIFY_RESIZE', 'MIGRATING'})
_FAULT_STATUSES = frozenset({'ERROR', 'DELETED'})


class ViewBuilder(common.ViewBuilder):

    _collection_name = 'servers'

    def create(self, req, instance: dict) -> dict:
        """The answer to a create."""
        return {'server': {'id': instance['uuid'], 'links': self._linker(req)(instance['uuid'])}}

    def index(self, req, instances: list[dict], collection: str) -> dict:
        links = self._linker(req)
        return self._page(req, [
            {'id': i['uuid'], 'name': i['display_name'], 'links': links(i['uuid'])}
            for i in instances], instances, collection)

    def detail(self, req, instances: list[dict], collection: str) -> dict:
        one = self._server_view(req, extend_address=True)
        return self._page(req, [one(i) for i in instances], instances, collection)

    def show(self, req, instance: dict, extend_address: bool = True) -> dict:
        return {'server': self._server_view(req, extend_address)(instance)}

    def _server_view(self, req, extend_address: bool):
        """A function from a server to its view; what all servers have in common is worked out once."""
        links = self._linker(req)
        flavor_bookmark = self._bookmarker(req, 'flavors')
        image_bookmark = self._bookmarker(req, 'images')
        is_admin = req.context.is_admin
        with_locked = api_version_request.is_supported(req, min_version='2.9')

        def view(instance: dict) -> dict:
            status = common.status_from_state(instance['vm_state'], instance['task_state'])
            image_ref = instance['image_ref']
            server = {
                'id': instance['uuid'],
                'name': instance['display_name'],
                'status': status,
                'tenant_id': instance['project_id'] or '',
                'user_id': instance['user_id'] or '',
                # What is gone has none, though its addresses are shown: so it is in Nova.
                'metadata': {} if instance['deleted'] else instance['metadata'],
                'hostId': host_id(instance['project_id'], instance['host']),
                'image': {'id': image_ref, 'links': image_bookmark(image_ref)} if image_ref else '',
                'flavor': {'id': instance['flavorid'],
                           'links': flavor_bookmark(instance['flavorid'])},
                'created': isotime(instance['created_at']),
                'updated': isotime(instance['updated_at']),
                'addresses': addresses_view.addresses(
                    instance['network_info'], extended=extend_address),
                'links': links(instance['uuid']),
            }
            if status in _PROGRESS_STATUSES:
                server['progress'] = instance['progress']
            if instance['fault'] and status in _FAULT_STATUSES:
                server['fault'] = _fault(instance['fault'], is_admin)
            if with_locked:
                server['locked'] = instance['locked']
            return server
        return view

    def _page(self, req, views: list[dict], instances: list[dict], collection: str) -> dict:
        page = {'servers': views}
        next_links = self._get_collection_links(req, instances, collection)
        if next_links:
            page['servers_links'] = next_links
        return page


def _fault(fault: dict, is_admin: bool) -> dict:
    """The details of what minova itself got wrong are for administrators."""
    view = {'code': fault['code'], 'created': fault['created'], 'message': fault['message']}
    if fault.get('details') and (is_admin or fault['code'] != 500):
        view['details'] = fault['details']
    return view


@functools.lru_cache(maxsize=10000)
def host_id(project_id: str, host: str | None) -> str:
    """What tells a project's servers on one host from those on another, but not which host it is."""
    if not host:
        return ''
    return hashlib.sha224((project_id + host).encode()).hexdigest()


def isotime(time) -> str:
    """'2026-01-01T12:00:00Z'."""
    return time.isoformat('T', 'seconds') + 'Z'
