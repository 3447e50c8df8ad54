"""What clients ask for before they use it: the extensions to Neutron's core that there are here."""

import webob.exc

from minova.api import rest

#: alias: (name, description)
EXTENSIONS = {
    'allowed-address-pairs': ('Allowed Address Pairs', 'Further addresses that a port may use.'),
    'availability_zone': ('Availability Zone', 'The zones that there are.'),
    'binding': ('Port Binding', 'The host that a port is on.'),
    'ext-gw-mode': ('Neutron L3 Configurable external gateway mode',
                    'Whether a router translates addresses.'),
    'external-net': ('Neutron external network', 'Networks that lead outside.'),
    'extraroute': ('Neutron Extra Route', 'Further routes of a router.'),
    'filter-validation': ('Filter parameters validation',
                          'A list does not pass over filters that it does not know.'),
    'net-mtu': ('Network MTU', 'The MTU of a network.'),
    'net-mtu-writable': ('Network MTU (writable)', 'The MTU of a network can be set.'),
    'port-security': ('Port Security', 'Ports without security groups.'),
    'project-id': ('project_id field enabled', 'project_id beside tenant_id.'),
    'provider': ('Provider Network', 'What a network is made of.'),
    'quotas': ('Quota management support', 'Limits of projects.'),
    'quota_details': ('Quota details management support', 'Limits, and how much of them is used.'),
    'router': ('Neutron L3 Router', 'Routers and floating addresses.'),
    'fip-port-details': ('Floating IP Port Details Extension', 'The port of a floating address.'),
    'service-type': ('Neutron Service Type Management', 'Who provides further services.'),
    'security-group': ('security-group', 'Security groups.'),
    'sorting': ('Sorting support', 'Lists in an order.'),
    'pagination': ('Pagination support', 'Lists in pages.'),
    'standard-attr-description': ('standard-attr-description', 'Descriptions.'),
    'standard-attr-revisions': ('Resource revision numbers', 'How often a thing was changed.'),
    'standard-attr-timestamp': ('Resource timestamps', 'When a thing was made and changed.'),
}


class Extensions(rest.Controller):

    @rest.route('GET', '/extensions')
    def index(self, req):
        return {'extensions': [_view(alias) for alias in sorted(EXTENSIONS)]}

    @rest.route('GET', '/extensions/{alias}')
    def show(self, req, alias):
        if alias not in EXTENSIONS:
            raise webob.exc.HTTPNotFound(explanation=f'Extension with alias {alias} does not exist')
        return {'extension': _view(alias)}

    @rest.route('GET', '/availability_zones')
    def availability_zones(self, req):
        return {'availability_zones': [
            {'name': 'nova', 'resource': resource, 'state': 'available'}
            for resource in ('network', 'router')]}

    @rest.route('GET', '/agents')
    def agents(self, req):
        """Nothing but this service works on networks: there are none."""
        return {'agents': []}

    @rest.route('GET', '/service-providers')
    def service_providers(self, req):
        """Nobody provides VPNs or the like."""
        return {'service_providers': []}


def _view(alias: str) -> dict:
    name, description = EXTENSIONS[alias]
    return {'alias': alias, 'name': name, 'description': description,
            'updated': '2016-01-01T00:00:00-00:00', 'links': []}
