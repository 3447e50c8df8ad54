"""The pools of floating addresses."""

from minova import network
from minova.api.openstack import extensions, wsgi
from minova.policies import floating_ip_pools as policies

ALIAS = 'os-floating-ip-pools'


class FloatingIPPoolsController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.network_api = network.API()

    @extensions.expected_errors(())
    def index(self, req):
        req.context.can(policies.BASE)
        pools = self.network_api.get_floating_ip_pools(req.context)
        return {'floating_ip_pools': [{'name': pool} for pool in pools]}


class FloatingIpPools(extensions.V21APIExtensionBase):
    """Pools of floating addresses."""

    name = 'FloatingIpPools'
    alias = ALIAS
    description = 'Floating IPs support.'

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, FloatingIPPoolsController())]

    def get_controller_extensions(self):
        return []
