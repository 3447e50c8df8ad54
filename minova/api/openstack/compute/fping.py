"""Which servers answer a ping."""

import webob.exc

from minova import compute, exception
from minova.api.openstack import common, extensions, wsgi
from minova.policies import fping as policies

ALIAS = 'os-fping'


class FpingController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.compute_api = compute.API()
        self.fping_api = compute.FpingAPI()

    @extensions.expected_errors(503)
    def index(self, req):
        context = req.context
        search_opts = {'deleted': False}
        if 'all_tenants' in req.GET:
            context.can(policies.ALL_TENANTS)
            search_opts['all_tenants'] = True
        else:
            context.can(policies.BASE)
            search_opts['project_id'] = context.project_id
        self._check_available(context)
        instances = self.compute_api.get_all(context, search_opts)
        include, exclude = req.GET.get('include'), req.GET.get('exclude')
        if include:
            instances = [i for i in instances if i['uuid'] in include.split(',')]
        elif exclude:
            instances = [i for i in instances if i['uuid'] not in exclude.split(',')]
        return {'servers': self._ping(context, instances)}

    @extensions.expected_errors((404, 503))
    def show(self, req, id):
        req.context.can(policies.BASE)
        self._check_available(req.context)
        instance = common.get_instance(self.compute_api, req.context, id)
        return {'server': self._ping(req.context, [instance])[0]}

    def _check_available(self, context) -> None:
        try:
            self.fping_api.check_available(context)
        except exception.FpingNotFound as e:
            raise webob.exc.HTTPServiceUnavailable(explanation=e.message) from None

    def _ping(self, context, instances: list[dict]) -> list[dict]:
        """The views of the servers, all of whose addresses are asked at once."""
        addresses = {i['uuid']: _addresses(i) for i in instances}
        try:
            alive = self.fping_api.alive(context, sorted(set().union(*addresses.values())))
        except exception.FpingNotFound as e:
            raise webob.exc.HTTPServiceUnavailable(explanation=e.message) from None
        return [{'id': i['uuid'], 'project_id': i['project_id'],
                 'alive': bool(addresses[i['uuid']] & alive)} for i in instances]


def _addresses(instance: dict) -> set[str]:
    ips = [ip for vif in instance['network_info'] for ip in vif['ips']]
    return {ip['address'] for ip in ips}.union(*(ip['floating'] for ip in ips))


class Fping(extensions.V21APIExtensionBase):
    """Which servers answer a ping."""

    name = 'Fping'
    alias = ALIAS
    description = 'Fping Management Extension.'

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, FpingController())]

    def get_controller_extensions(self):
        return []
