"""Agent builds: which build of the guest agent belongs on which guest."""

import abc


class AgentAPI(abc.ABC):
    """A build is a dict: id (int), hypervisor, os, architecture, version, url, md5hash."""

    @abc.abstractmethod
    def get_all(self, context, hypervisor: str | None = None) -> list[dict]:
        """The builds, for one hypervisor or for all, oldest first."""

    @abc.abstractmethod
    def create(self, context, values: dict) -> dict:
        """Add a build with all the keys above but the id.

        Raises AgentBuildExists when there is one for that hypervisor, os and architecture.
        """

    @abc.abstractmethod
    def update(self, context, agent_id: int, version: str, url: str, md5hash: str) -> None:
        """Raises AgentBuildNotFound."""

    @abc.abstractmethod
    def delete(self, context, agent_id: int) -> None:
        """Raises AgentBuildNotFound."""
