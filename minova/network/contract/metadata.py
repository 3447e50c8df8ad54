"""What the metadata service asks about addresses."""

import abc


class MetadataAPI(abc.ABC):

    @abc.abstractmethod
    def get_server_by_fixed_ip(self, context, address: str) -> str:
        """The uuid of the one server that has the fixed address.

        Raises FixedIpNotFoundForAddress, also when several have it and it tells nothing.
        """

    @abc.abstractmethod
    def get_interfaces(self, context, instance: dict) -> list[dict]:
        """How the server's interfaces are set up, oldest first.

        A dict each: vif_id, mac, network_uuid, mtu (or None), and subnets, a list of dicts:
        version (4 or 6), addresses, netmask, gateway (or None), dns (addresses), dhcp (bool).
        """
