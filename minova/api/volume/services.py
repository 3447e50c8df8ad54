"""What runs, where, and what there is none of."""

from oslo_utils import timeutils

from minova.api import rest
from minova.api.openstack.compute.views import times
from minova.api.volume import views
from minova.conf import CONF
from minova.policies import block_storage as policies


class Services(rest.Controller):
    """The service is the one that answers."""

    @rest.route('GET', '/os-services')
    def index(self, req):
        req.context.can(policies.SERVICES)
        service = {
            'binary': 'cinder-volume', 'host': views.backend_host(),
            'zone': CONF.storage_availability_zone, 'status': 'enabled', 'state': 'up',
            'disabled_reason': None, 'updated_at': times.microseconds(timeutils.utcnow()),
            'replication_status': 'disabled', 'active_backend_id': None, 'frozen': False}
        wanted = {key: req.GET[key] for key in ('binary', 'host') if req.GET.get(key)}
        shown = all(service[key] == value for key, value in wanted.items())
        return {'services': [service] if shown else []}

    @rest.route('GET', '/os-availability-zone')
    def zones(self, req):
        req.context.can(policies.ZONES)
        return {'availabilityZoneInfo': [
            {'zoneName': CONF.storage_availability_zone, 'zoneState': {'available': True}}]}

    @rest.route('GET', '/extensions')
    def extensions(self, req):
        """Everything is built in, so that nothing is added."""
        return {'extensions': []}


class NothingOfTheKind(rest.Controller):
    """Lists that clients ask for whenever they clean up or count. These things cannot be made here."""

    @rest.route('GET', '/backups')
    @rest.route('GET', '/backups/detail')
    def backups(self, req):
        return {'backups': []}

    @rest.route('GET', '/groups')
    @rest.route('GET', '/groups/detail')
    def groups(self, req):
        return {'groups': []}

    @rest.route('GET', '/qos-specs')
    def qos_specs(self, req):
        return {'qos_specs': []}

    @rest.route('GET', '/messages')
    def messages(self, req):
        return {'messages': []}

    @rest.route('GET', '/volume-transfers')
    @rest.route('GET', '/volume-transfers/detail')
    @rest.route('GET', '/os-volume-transfer')
    @rest.route('GET', '/os-volume-transfer/detail')
    def transfers(self, req):
        return {'transfers': []}
