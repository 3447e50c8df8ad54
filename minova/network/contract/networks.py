"""Networks, and the fixed addresses on them."""

import abc


class NetworkAPI(abc.ABC):
    """A network is a dict: uuid, label, cidr, cidr_v6, netmask, gateway, broadcast, dns1, vlan,
    project_id, host, created_at ... (the columns of the table networks).
    """

    @abc.abstractmethod
    def get_all(self, context) -> list[dict]:
        """The networks of the context's project, oldest first; an administrator sees all."""

    @abc.abstractmethod
    def get(self, context, network_id: str) -> dict:
        """The network with that uuid, unless it is another project's. Raises NetworkNotFound."""

    @abc.abstractmethod
    def create(self, context, *, label: str, cidr: str | None = None, cidr_v6: str | None = None,
               num_networks: int | None = None, network_size: int | None = None,
               **attributes) -> list[dict]:
        """Make networks of network_size addresses each, in `cidr`; oldest first.

        attributes: project_id, multi_host, gateway, gateway_v6, bridge, bridge_interface, dns1,
        dns2, dhcp_server, fixed_cidr, allowed_start, allowed_end, enable_dhcp, share_address, mtu,
        vlan, vlan_start, vpn_start. What is None is chosen.

        Raises CidrConflict, DuplicateVlan, NetworkNotCreated and other Invalids.
        """

    @abc.abstractmethod
    def delete(self, context, network_id: str) -> None:
        """Raises NetworkNotFound; NetworkInUse when a project or a server has it."""

    @abc.abstractmethod
    def associate(self, context, network_id: str, **to) -> None:
        """Give the network a host or a project, or take it away: host=, project= (or None).

        Raises NetworkNotFound.
        """

    @abc.abstractmethod
    def add_network_to_project(self, context, project_id: str, network_id: str | None) -> None:
        """Give the project that network, or any for None.

        Raises NetworkNotFoundForUUID, NoMoreNetworks, and NotSupported where networks belong to
        nobody.
        """

    @abc.abstractmethod
    def get_fixed_ip(self, context, address: str) -> dict:
        """address, cidr of its network, reserved (bool), and hostname and host of its server.

        Raises FixedIpInvalid, FixedIpNotFoundForAddress.
        """

    @abc.abstractmethod
    def reserve_fixed_ip(self, context, address: str, reserved: bool) -> None:
        """Keep the address from servers, or let them have it again. Raises as get_fixed_ip()."""
