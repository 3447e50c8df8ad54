"""Floating addresses: those that a project has, and gives to its servers and takes away again."""

import abc


class FloatingIPAPI(abc.ABC):
    """A floating address is a dict: id (int, or a uuid where the backend has ports), address, pool,
    interface, project_id, host, fixed_ip_id, and fixed_address and instance_uuid of what it is given to
    (None for nothing). One that a server got by itself (auto_assign_floating_ip) stays with that.
    """

    @abc.abstractmethod
    def get_floating_ip(self, context, floating_ip_id: str) -> dict:
        """Raises InvalidID for what cannot be an id, and FloatingIpNotFound, also to a member of another
        project."""

    @abc.abstractmethod
    def get_floating_ip_by_address(self, context, address: str) -> dict:
        """Raises FloatingIpNotFoundForAddress, also to a member of another project."""

    @abc.abstractmethod
    def get_floating_ips_by_project(self, context) -> list[dict]:
        """Those of the context's project."""

    @abc.abstractmethod
    def get_floating_ip_pools(self, context) -> list[str]:
        """The names of all pools."""

    @abc.abstractmethod
    def allocate_floating_ip(self, context, pool: str | None) -> dict:
        """Give the context's project an address of that pool, or of the default one.

        Raises FloatingIpPoolNotFound, FloatingIpLimitExceeded, NoMoreFloatingIps.
        """

    @abc.abstractmethod
    def release_floating_ip(self, context, floating_ip: dict) -> None:
        """Put it back into its pool, off the server that it is on and without its DNS entries.

        Raises CannotDisassociateAutoAssignedFloatingIP, which is a Forbidden.
        """

    @abc.abstractmethod
    def associate_floating_ip(self, context, instance: dict, address: str,
                              fixed_address: str) -> None:
        """Give it to a fixed address of the server, and take it from where it was.

        Raises FloatingIpNotFoundForAddress, Forbidden (it is not the context's).
        """

    @abc.abstractmethod
    def disassociate_floating_ip(self, context, instance: dict, address: str) -> None:
        """Raises FloatingIpNotFoundForAddress, FloatingIpNotAssociated, Forbidden."""

    @abc.abstractmethod
    def get_all_floating_ips(self, context, host: str | None = None) -> list[dict]:
        """All there are, or those on one host. Raises FloatingIpNotFoundForHost."""

    @abc.abstractmethod
    def create_floating_ips(self, context, addresses: list[str], pool: str,
                            interface: str) -> None:
        """Put addresses into a pool. Raises FloatingIpExists for the first that is there."""

    @abc.abstractmethod
    def delete_floating_ips(self, context, addresses: list[str]) -> None:
        """Remove those of the addresses that are there, with whatever they are used for."""
