"""Server groups: servers that are to be on one host, or on different ones."""

import abc


class ServerGroupAPI(abc.ABC):
    """A server group is a dict: uuid, project_id, user_id, name, policies ('affinity' or
    'anti-affinity', in a list), members (uuids of its living servers, the newest first).

    A server becomes a member when it is created with the scheduler hint `group`.
    """

    @abc.abstractmethod
    def get_all(self, context, all_projects: bool = False, limit: int = 1000,
                offset: int = 0) -> list[dict]:
        """`limit` groups after `offset` others of the context's project, or of all projects, the
        oldest first.
        """

    @abc.abstractmethod
    def get(self, context, group_uuid: str) -> dict:
        """The group; to a member of another project there is none. Raises InstanceGroupNotFound."""

    @abc.abstractmethod
    def create(self, context, name: str, policies: list[str]) -> dict:
        """A new group of the context's project and user. Raises OverQuota."""

    @abc.abstractmethod
    def delete(self, context, group_uuid: str) -> None:
        """Its servers stay. Raises InstanceGroupNotFound."""
