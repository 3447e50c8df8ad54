"""How images look."""

from minova import image
from minova.api.openstack import common

_STATUSES = {'queued': 'SAVING', 'saving': 'SAVING', 'active': 'ACTIVE', 'killed': 'ERROR',
             'deleted': 'DELETED', 'pending_delete': 'DELETED'}
_PROGRESS = {'queued': 25, 'saving': 50, 'active': 100}


class ViewBuilder(common.ViewBuilder):

    _collection_name = 'images'

    def __init__(self):
        self.image_api = image.API()

    def index(self, req, images: list[dict]) -> dict:
        links = self._image_linker(req)
        return self._page(req, [{'id': i['id'], 'name': i['name'], 'links': links(i['id'])}
                                for i in images], images, 'images')

    def detail(self, req, images: list[dict]) -> dict:
        view = self._image_view(req)
        return self._page(req, [view(i) for i in images], images, 'images/detail')

    def show(self, req, image: dict) -> dict:
        return {'image': self._image_view(req)(image)}

    def _image_linker(self, req):
        """A function from an id to all links to the image; the last leads to the image service."""
        links = self._linker(req)
        return lambda image_id: [*links(image_id), {
            'rel': 'alternate', 'type': 'application/vnd.openstack.image',
            'href': self.image_api.url(image_id)}]

    def _image_view(self, req):
        """A function from an image to its view; what all have in common is worked out once."""
        links = self._image_linker(req)
        server_links = self._linker(req, 'servers')

        def view(image: dict) -> dict:
            shown = {
                'id': image['id'],
                'name': image['name'],
                'minRam': image['min_ram'],
                'minDisk': image['min_disk'],
                'metadata': image['properties'],
                'created': _isotime(image['created_at']),
                'updated': _isotime(image['updated_at']),
                'status': _STATUSES.get(image['status'], 'UNKNOWN'),
                'progress': _PROGRESS.get(image['status'], 0),
                'links': links(image['id']),
            }
            instance_uuid = image['properties'].get('instance_uuid')
            if instance_uuid is not None:
                shown['server'] = {'id': instance_uuid, 'links': server_links(instance_uuid)}
            return shown
        return view

    def _page(self, req, views: list[dict], images: list[dict], collection: str) -> dict:
        page = {'images': views}
        next_links = self._get_collection_links(req, images, collection, 'id')
        if next_links:
            page['images_links'] = next_links
        return page


def _isotime(time) -> str | None:
    return None if time is None else time.strftime('%Y-%m-%dT%H:%M:%SZ')
