"""Security groups: who may reach servers, and how."""

import abc


class SecurityGroupAPI(abc.ABC):
    """A group is a dict: id, name, description, project_id, user_id, rules (list).

    Ids of groups and rules are ints, or uuids where the network has ports.

    A rule is a dict: id, parent_group_id, protocol, from_port, to_port (the last three None
    for anything), and either cidr, or group_id with group_name and group_project_id of the group
    that it lets in. A new rule is one without id and without names; a default rule has no groups.

    The group 'default' of a project is there as soon as anybody looks, and stays.
    """

    @abc.abstractmethod
    def validate_id(self, value) -> int | str:
        """The id of a group or a rule as the other methods take it, out of what somebody wrote.

        Raises Invalid for what cannot be one.
        """

    @abc.abstractmethod
    def get_all(self, context, all_tenants: bool = False, offset: int = 0,
                limit: int | None = None) -> list[dict]:
        """The groups of the context's project, by name; for administrators also those of all."""

    @abc.abstractmethod
    def get(self, context, group_id: int | str) -> dict:
        """Raises SecurityGroupNotFound, also to a member of another project."""

    @abc.abstractmethod
    def create(self, context, name: str, description: str) -> dict:
        """Raises Invalid (the project has one of that name), SecurityGroupLimitExceeded."""

    @abc.abstractmethod
    def update(self, context, group: dict, name: str, description: str) -> dict:
        """Raises Invalid (for 'default'), SecurityGroupExists, SecurityGroupNotFound."""

    @abc.abstractmethod
    def delete(self, context, group: dict) -> None:
        """Raises Invalid ('default', or one that servers are in), SecurityGroupNotFound."""

    @abc.abstractmethod
    def create_rule(self, context, group: dict, rule: dict) -> dict:
        """Add a rule to `group`.

        Raises Invalid (it has that rule), SecurityGroupLimitExceeded, SecurityGroupNotFound.
        """

    @abc.abstractmethod
    def delete_rule(self, context, rule_id: int | str) -> None:
        """Raises SecurityGroupNotFound, also when the rule's group is not the context's."""

    @abc.abstractmethod
    def get_by_instance(self, context, instance: dict) -> list[dict]:
        """The groups that the server is in, by project and name."""

    @abc.abstractmethod
    def add_to_instance(self, context, instance: dict, name: str) -> None:
        """Put the server into the project's group `name`, where the network has ports also by its uuid.

        Raises SecurityGroupNotFoundForProject, SecurityGroupExistsForInstance.
        """

    @abc.abstractmethod
    def remove_from_instance(self, context, instance: dict, name: str) -> None:
        """Raises SecurityGroupNotFoundForProject, SecurityGroupNotExistsForInstance."""

    @abc.abstractmethod
    def get_default_rules(self, context) -> list[dict]:
        """The rules that the default group of a new project begins with."""

    @abc.abstractmethod
    def get_default_rule(self, context, rule_id: int) -> dict:
        """Raises SecurityGroupDefaultRuleNotFound."""

    @abc.abstractmethod
    def create_default_rule(self, context, rule: dict) -> dict:
        """Raises SecurityGroupRuleExists when there is one like it."""

    @abc.abstractmethod
    def delete_default_rule(self, context, rule_id: int) -> None:
        """Raises SecurityGroupDefaultRuleNotFound."""
