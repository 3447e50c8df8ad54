"""Where the VPNs of networks are reached from outside."""

import abc


class VPNAPI(abc.ABC):

    @abc.abstractmethod
    def get_all(self, context) -> dict[str, dict]:
        """{uuid of a network: {'address', 'port'}}, both None where there is no VPN."""

    @abc.abstractmethod
    def configure(self, context, project_id: str, address: str, port: int) -> None:
        """Set address and port for all networks of the project."""
