"""The embedded network backend: networks that exist in minova's own database."""

import functools

from minova.network import contract


class Backend(contract.Backend):
    """Each interface is made when it is first asked for, which keeps the start short."""

    @functools.cached_property
    def api(self):
        from minova.network.embedded import api
        return api.API()

    @functools.cached_property
    def vpn_api(self):
        from minova.network.embedded import vpn
        return vpn.VPNAPI()

    def load_fixtures(self, items):
        from minova.network.embedded import networks
        networks.load_fixtures(items)

    def load_topology(self, items):
        """There are no subnets and routers here."""
