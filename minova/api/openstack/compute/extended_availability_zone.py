"""OS-EXT-AZ: the availability zone in which a server is."""

from minova import compute
from minova.api.openstack import attributes, extensions
from minova.conf import CONF
from minova.policies import extended_availability_zone as policies

ALIAS = 'OS-EXT-AZ'


class ExtendedAvailabilityZoneController(attributes.AttributesController):
    rule = policies.BASE

    def __init__(self):
        super().__init__()
        self.host_api = compute.HostAPI()

    def add(self, req, servers: list[dict]) -> None:
        if not servers:
            return
        zones = self.host_api.get_host_zones(req.context)
        default = CONF.default_availability_zone
        for server in servers:
            instance = req.get_db_instance(server['id'])
            host = instance['host']
            # While a server has no host, the zone that was asked for is all there is to say.
            server[f'{ALIAS}:availability_zone'] = (
                zones.get(host) or default if host
                else instance['availability_zone'] or '')


class ExtendedAvailabilityZone(extensions.V21APIExtensionBase):
    """OS-EXT-AZ: the availability zone in which a server is."""

    name = 'ExtendedAvailabilityZone'
    alias = ALIAS
    description = 'Extended Availability Zone support.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', ExtendedAvailabilityZoneController())]
