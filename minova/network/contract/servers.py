"""The addresses and interfaces of servers."""

import abc


class ServerAPI(abc.ABC):
    """What a server has of networks is told as its network_info, a list of one dict per interface:

    {'id': uuid of the network, 'label': its label, 'mac', 'vif_id': uuid of the interface, 'ips': [
    {'address', 'version' (4 or 6), 'type': 'fixed', 'floating': [addresses]}]}

    It is kept with the server (instances.network_info), where lists of servers read it. A requested
    network is a dict: uuid (of a network, or None), fixed_ip (address or None), port (its uuid, where
    the backend has ports, or None).
    """

    @abc.abstractmethod
    def validate_networks(self, context, requested_networks: list[dict] | None) -> None:
        """Check what a new server asks for. Without ports a network that is not there is no error.

        Raises FixedIpInvalid, FixedIpNotFoundForNetwork, FixedIpAlreadyInUse; with ports also
        NetworkNotFound, NetworkAmbiguous (none is asked for, and there are several), PortNotFound,
        PortInUse, PortRequiresFixedIP, NetworkRequiresSubnet, ExternalNetworkAttachForbidden.
        """

    @abc.abstractmethod
    def allocate_for_instance(self, context, instance: dict,
                              requested_networks: list[dict] | None = None,
                              security_groups: list[str] | None = None) -> list[dict]:
        """Give the server its interfaces and addresses; its network_info.

        Of the server uuid, project_id, host and availability_zone are read. Of the networks that it
        asks for it gets those that nobody else's project has. `security_groups` are the ids of its
        groups, for a backend that is not minova's own; others know them.

        A server that has some keeps them: this may be called again after a failure. Raises
        NetworkErrors: NoMoreFixedIps, FixedIpAlreadyInUse, FixedIpNotFoundForNetwork and others.
        """

    @abc.abstractmethod
    def deallocate_for_instance(self, context, instance: dict) -> None:
        """Take all interfaces and addresses from the server; harmless when repeated.

        Floating addresses stay with their project. Of the server uuid is read. Raises NetworkError where
        another service cannot do it now.
        """

    def setup_instance_network_on_host(self, context, instance: dict, host: str) -> None:
        """The server is on that host from now on; so are its ports, where there are any.

        Harmless when repeated. Raises NetworkError where another service cannot do it now.
        """
        return None

    def refresh_network_info(self, context, instance: dict) -> None:
        """Somebody says that what the server has of networks has changed: have it show that.

        In minova's own networks nothing changes without that. Raises ServiceUnreachable.
        """
        return None

    def heal_network_info(self, context, instance_uuids: list[str]) -> None:
        """The same for servers of which nobody says anything; for a few hundred at once."""
        return None

    @abc.abstractmethod
    def get_vifs_by_instance(self, context, instance: dict) -> list[dict]:
        """The server's interfaces, oldest first: id (int), uuid, address (MAC), network_uuid."""

    @abc.abstractmethod
    def add_fixed_ip_to_instance(self, context, instance: dict, network_id: str) -> None:
        """Give the server one more address, of the network with that uuid.

        Raises NetworkNotFoundForUUID, NoMoreFixedIps.
        """

    @abc.abstractmethod
    def remove_fixed_ip_from_instance(self, context, instance: dict, address: str) -> None:
        """Raises FixedIpNotFoundForSpecificInstance."""

    @abc.abstractmethod
    def list_ports(self, context, instance: dict) -> list[dict]:
        """The ports of the server: id, network_id, mac_address, status, fixed_ips.

        Raises NotSupported for a backend that has no ports, as the next two do.
        """

    @abc.abstractmethod
    def show_port(self, context, instance: dict, port_id: str) -> dict:
        """Raises PortNotFound, NotSupported."""

    @abc.abstractmethod
    def attach_interface(self, context, instance: dict, network_id: str | None,
                         port_id: str | None, fixed_ip: str | None) -> dict:
        """Give the server one more port; the port.

        Raises PortNotFound, NetworkNotFound, FixedIpAlreadyInUse, NotSupported, and what
        validate_networks() raises.
        """

    @abc.abstractmethod
    def detach_interface(self, context, instance: dict, port_id: str) -> None:
        """Accept to take the port from the server.

        That there is none may be found out at once (PortNotFound) or, as in Nova, afterwards.
        """
