"""What runs, where, and what there is none of."""

import webob.exc
from oslo_utils import strutils, timeutils

from minova import version
from minova.api import rest
from minova.api.openstack.compute.views import times
from minova.api.volume import views
from minova.conf import CONF
from minova.policies import block_storage as policies

_BACKEND = {
    'vendor_name': version.vendor_string(), 'volume_backend_name': 'embedded',
    'driver_version': version.version_string(), 'storage_protocol': 'fake'}


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
        host = service['host']
        shown = (req.GET.get('binary', '') in ('', service['binary'])
                 and req.GET.get('host', '') in ('', host, host.partition('@')[0]))
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


class Pools(rest.Controller):
    """The database, which is never full."""

    @rest.route('GET', '/scheduler-stats/get_pools')
    def index(self, req):
        req.context.can(policies.POOLS)
        pool = {'name': views.pool()}
        if strutils.bool_from_string(req.GET.get('detail', '')):
            pool['capabilities'] = _BACKEND | {
                'total_capacity_gb': 'infinite', 'free_capacity_gb': 'infinite',
                'reserved_percentage': 0, 'QoS_support': False, 'multiattach': False,
                'timestamp': times.microseconds(timeutils.utcnow())}
        return {'pools': [pool]}

    @rest.route('GET', '/capabilities/{host}')
    def capabilities(self, req, host):
        req.context.can(policies.CAPABILITIES)
        if host not in (views.backend_host(), views.pool()):
            raise webob.exc.HTTPNotFound(
                explanation=f'Service cinder-volume could not be found on host {host}.')
        return _BACKEND | {
            'namespace': f'OS::Storage::Capabilities::{views.backend_host()}', 'pool_name': None,
            'display_name': None, 'description': None, 'visibility': None, 'replication_targets': [],
            'properties': {}}


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
