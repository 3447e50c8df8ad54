"""Availability zones: which there are, and with details what runs in them."""

from minova import compute
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.schemas import availability_zone as schema
from minova.api.openstack.compute.views import times
from minova.conf import CONF
from minova.policies import availability_zone as policies

ALIAS = 'os-availability-zone'


class AvailabilityZoneController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.host_api = compute.HostAPI()

    @extensions.expected_errors(())
    def index(self, req):
        req.context.can(policies.LIST)
        zones = self._zones(req)
        zones.pop(CONF.internal_service_availability_zone, None)
        return {'availabilityZoneInfo': _by_availability(
            [_view(zone, bool(enabled), None) for zone, enabled in zones.items()])}

    @extensions.expected_errors(())
    def detail(self, req):
        req.context.can(policies.DETAIL)
        return {'availabilityZoneInfo': _by_availability(
            [_view(zone, bool(enabled), _hosts(enabled) if enabled else None)
             for zone, enabled in self._zones(req).items()])}

    def _zones(self, req) -> dict[str, list[dict]]:
        """Zone -> the services in it that are enabled; a zone without any is not available."""
        zones: dict[str, list[dict]] = {}
        for service in self.host_api.service_get_all(req.context):
            enabled = zones.setdefault(service['availability_zone'], [])
            if not service['disabled']:
                enabled.append(service)
        return zones


def _view(zone: str, available: bool, hosts: dict | None) -> dict:
    return {'zoneName': zone, 'zoneState': {'available': available}, 'hosts': hosts}


def _by_availability(views: list[dict]) -> list[dict]:
    """Those that are available first."""
    return sorted(views, key=lambda view: not view['zoneState']['available'])


def _hosts(services: list[dict]) -> dict[str, dict]:
    hosts: dict[str, dict] = {}
    for service in services:
        hosts.setdefault(service['host'], {})[service['binary']] = {
            'available': service['up'], 'active': True,
            'updated_at': times.microseconds(service['updated_at'])}
    return hosts


class AvailabilityZone(extensions.V21APIExtensionBase):
    """The resource os-availability-zone."""

    name = 'AvailabilityZone'
    alias = ALIAS
    description = ('1. Add availability_zone to the Create Server API.\n'
                   '       2. Add availability zones describing.\n    ')

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, AvailabilityZoneController(), collection_actions={'detail': 'GET'})]

    def get_controller_extensions(self):
        return []


class AvailabilityZoneHook:
    """Takes availability_zone from the request to create a server."""

    alias = ALIAS

    def server_create(self, server, create_kwargs, body):
        create_kwargs['availability_zone'] = server.get('availability_zone')

    def get_server_create_schema(self):
        return schema.server_create
