"""Cloudpipes: servers that connect a project's network to the outside by a VPN."""

import abc


class CloudpipeAPI(abc.ABC):
    """A cloudpipe is a dict: project_id, instance_id, created_at (naive UTC), state ('running',
    'down', 'invalid' when its network has no VPN), internal_ip, public_ip, public_port. Those that
    are not known are missing.
    """

    @abc.abstractmethod
    def get_all(self, context) -> list[dict]:
        """The cloudpipes of all projects."""

    @abc.abstractmethod
    def create(self, context, project_id: str) -> str:
        """The id of the project's cloudpipe, which is started unless there is one.

        Raises Invalid, NotFound and QuotaErrors, as the creation of any server does.
        """

    @abc.abstractmethod
    def configure_project(self, context, vpn_ip: str, vpn_port: int) -> None:
        """Say where the VPN of the context's project is reached."""
