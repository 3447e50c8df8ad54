"""Neutron's nouns: what the network API (v2.0) asks of a backend whose servers have ports."""

import abc
import dataclasses

NOUNS = ('network', 'subnet', 'port', 'router', 'floatingip', 'security_group', 'security_group_rule')


@dataclasses.dataclass
class Query:
    """What is asked of a list: {attribute: [values, any of which it has]}, and how it is cut.

    `sorts` are (attribute, 'asc' or 'desc'). `marker` is the id of the last one of the page before, or
    with `reverse` of the first one of the page after; the order is that of the list in any case.
    """

    filters: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    sorts: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    limit: int | None = None
    marker: str | None = None
    reverse: bool = False


class NeutronAPI(abc.ABC):
    """A thing is a dict with the attributes that Neutron's API shows of it, those for administrators
    too; times are naive and in UTC. A noun is one of NOUNS. All methods raise exceptions of
    `minova.exception.neutron`.

    A member sees what is of the project, networks that are shared or external, the subnets of shared
    networks, and the ports on networks of the project. What somebody does not see is not found, and what
    is not the project's cannot be changed by its members (NotAuthorized).
    """

    @abc.abstractmethod
    def get_all(self, context, noun: str, query: Query) -> list[dict]:
        """Raises InvalidInput for a filter, a sort key or a marker that makes no sense."""

    @abc.abstractmethod
    def get(self, context, noun: str, thing_id: str) -> dict:
        """Raises the noun's NotFound."""

    @abc.abstractmethod
    def create(self, context, noun: str, things: list[dict]) -> list[dict]:
        """Make all of them or none; `project_id` is whose each is to be.

        Raises OverQuota, NotFound of what a thing names, and what Neutron says of the noun.
        """

    @abc.abstractmethod
    def update(self, context, noun: str, thing_id: str, values: dict) -> dict:
        """Change these attributes; the thing afterwards."""

    @abc.abstractmethod
    def delete(self, context, noun: str, thing_id: str) -> None:
        """Raises the noun's NotFound, and InUse."""

    @abc.abstractmethod
    def add_router_interface(self, context, router_id: str, subnet_id: str | None,
                             port_id: str | None) -> dict:
        """Connect the router to the subnet, or by the port: id, subnet_id, port_id, ... of that."""

    @abc.abstractmethod
    def remove_router_interface(self, context, router_id: str, subnet_id: str | None,
                                port_id: str | None) -> dict:
        """Raises RouterInterfaceNotFound, RouterInterfaceNotFoundForSubnet,
        RouterInterfaceInUseByFloatingIP."""

    @abc.abstractmethod
    def get_quotas(self, context, project_id: str) -> dict[str, dict]:
        """{noun: {'limit', 'used', 'reserved'}}."""

    @abc.abstractmethod
    def get_default_quotas(self, context) -> dict[str, int]:
        """{noun: limit} of a project for which nobody has set others."""

    @abc.abstractmethod
    def update_quotas(self, context, project_id: str, limits: dict[str, int]) -> None:
        """Set these limits, -1 for none."""

    @abc.abstractmethod
    def delete_quotas(self, context, project_id: str) -> None:
        """The project has the default limits again."""

    @abc.abstractmethod
    def get_projects_with_quotas(self, context) -> list[str]:
        """Those for which somebody has set limits."""

    # ---- the security groups of servers

    @abc.abstractmethod
    def add_server_to_group(self, context, instance: dict, group_id: str) -> bool:
        """Put all ports of the server into the group; false when it is in it."""

    @abc.abstractmethod
    def remove_server_from_group(self, context, instance: dict, group_id: str) -> bool:
        """Take all ports of the server out of the group; false when none is in it."""
