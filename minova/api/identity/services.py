"""Services, endpoints and regions: the catalog, as an administrator sees it."""

from minova import exception
from minova.api import rest
from minova.api.identity import filters, views
from minova.conf import CONF
from minova.identity import catalog
from minova.policies import identity as policies


class Services(rest.Controller):

    @rest.route('GET', '/services')
    def index(self, req):
        req.context.can(policies.LIST_SERVICES)
        services = filters.matching(req, catalog.services(), ('name', 'type'))
        return views.listing(req, 'services', [views.service(req, each) for each in services])

    @rest.route('GET', '/services/{service_id}')
    def show(self, req, service_id):
        req.context.can(policies.GET_SERVICE)
        for each in catalog.services():
            if each.id == service_id:
                return {'service': views.service(req, each)}
        raise exception.IdentityNotFound(kind='service', id=service_id)


class Endpoints(rest.Controller):

    @rest.route('GET', '/endpoints')
    def index(self, req):
        req.context.can(policies.LIST_ENDPOINTS)
        wanted = {name: req.GET[name] for name in ('service_id', 'interface', 'region_id') if name in req.GET}
        return views.listing(req, 'endpoints', [
            each for each in _endpoints(req) if all(each[name] == value for name, value in wanted.items())])

    @rest.route('GET', '/endpoints/{endpoint_id}')
    def show(self, req, endpoint_id):
        req.context.can(policies.GET_ENDPOINT)
        for each in _endpoints(req):
            if each['id'] == endpoint_id:
                return {'endpoint': each}
        raise exception.IdentityNotFound(kind='endpoint', id=endpoint_id)


class Regions(rest.Controller):
    """The only region, which everybody may know."""

    @rest.route('GET', '/regions')
    def index(self, req):
        return views.listing(req, 'regions', [views.region(req)])

    @rest.route('GET', '/regions/{region_id}')
    def show(self, req, region_id):
        if region_id != CONF.identity.region:
            raise exception.IdentityNotFound(kind='region', id=region_id)
        return {'region': views.region(req)}


def _endpoints(req: rest.Request) -> list[dict]:
    shown = [views.endpoint(req, service, interface)
             for service in catalog.services() for interface in catalog.INTERFACES]
    return [each for each in shown if each]
