"""The embedded network backend with Neutron's ways: servers have ports, which are things of their own.

It keeps its data in the tables of the embedded backend, and in further ones: an address belongs to a
subnet of a network, an interface is a port, and floating addresses reach their ports through routers.
"""

import functools

from minova.network import embedded


class Backend(embedded.Backend):

    has_ports = True

    @functools.cached_property
    def api(self):
        from minova.network.embedded_neutron import api
        return api.API()

    @functools.cached_property
    def neutron(self):
        from minova.network.embedded_neutron import neutron
        return neutron.NeutronAPI()

    def load_fixtures(self, items):
        from minova.network.embedded_neutron import fixtures
        fixtures.load_networks(items)

    def load_topology(self, items):
        from minova.network.embedded_neutron import fixtures
        fixtures.load_topology(items)

    def ensure_default_group(self, context):
        from minova.network.embedded_neutron import security_groups
        security_groups.ensure_default(context.project_id, context.user_id)
        return True
