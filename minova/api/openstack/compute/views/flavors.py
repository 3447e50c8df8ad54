"""How flavors look."""

from minova.api.openstack import common


class ViewBuilder(common.ViewBuilder):

    _collection_name = 'flavors'

    def index(self, req, flavors: list[dict]) -> dict:
        links = self._linker(req)
        return self._page(req, [
            {'id': f['flavorid'], 'name': f['name'], 'links': links(f['flavorid'])} for f in flavors],
            flavors, 'flavors')

    def detail(self, req, flavors: list[dict]) -> dict:
        links = self._linker(req)
        return self._page(req, [self._one(f, links) for f in flavors], flavors, 'flavors/detail')

    def show(self, req, flavor: dict) -> dict:
        return {'flavor': self._one(flavor, self._linker(req))}

    def _one(self, flavor: dict, links) -> dict:
        return {
            'id': flavor['flavorid'],
            'name': flavor['name'],
            'ram': flavor['memory_mb'],
            'disk': flavor['root_gb'],
            'swap': flavor['swap'] or '',
            'OS-FLV-EXT-DATA:ephemeral': flavor['ephemeral_gb'],
            'OS-FLV-DISABLED:disabled': flavor['disabled'],
            'vcpus': flavor['vcpus'],
            'links': links(flavor['flavorid']),
        }

    def _page(self, req, views: list[dict], flavors: list[dict], collection: str) -> dict:
        page = {'flavors': views}
        next_links = self._get_collection_links(req, flavors, collection, 'flavorid')
        if next_links:
            page['flavors_links'] = next_links
        return page
