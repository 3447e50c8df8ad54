"""Quotas: how much of what a project, or a user in it, may have."""

import abc


class QuotaAPI(abc.ABC):
    """Resources are named as in Nova: instances, cores, ram (MiB), floating_ips, fixed_ips,
    metadata_items, injected_files, injected_file_content_bytes, injected_file_path_bytes,
    security_groups, security_group_rules, key_pairs, server_groups, server_group_members.

    A limit of -1 is no limit. What was not limited for a user has the project's limit; what was not
    for the project has the limit of its quota class, then that of the class 'default', then the
    configured one.
    """

    @abc.abstractmethod
    def get_project_quotas(self, context, project_id: str, usages: bool = True) -> dict[str, dict]:
        """{resource: {'limit': int, 'in_use': int, 'reserved': int}}; without usages the limits."""

    @abc.abstractmethod
    def get_user_quotas(self, context, project_id: str, user_id: str,
                        usages: bool = True) -> dict[str, dict]:
        """The same for a user in the project; of IP addresses, which no user has to himself, the
        project's.
        """

    @abc.abstractmethod
    def get_usages(self, context, project_id: str) -> dict[str, dict]:
        """{resource: {'in_use': int, 'reserved': int}} of what is counted for the project.

        Of what it would take long to count, as fixed addresses, nothing is said.
        """

    def get_limits_and_usages(self, context, project_id: str) -> tuple[dict[str, int], dict[str, dict]]:
        """({resource: limit}, what `get_usages` says). Backends that can tell both at once override it."""
        quotas = self.get_project_quotas(context, project_id, usages=False)
        limits = {resource: quota['limit'] for resource, quota in quotas.items()}
        return limits, self.get_usages(context, project_id)

    @abc.abstractmethod
    def get_defaults(self, context) -> dict[str, int]:
        """The limits of a project for which nobody has set others."""

    @abc.abstractmethod
    def get_class_quotas(self, context, quota_class: str) -> dict[str, int]:
        """The limits of a quota class, of which there are all that anybody can name."""

    @abc.abstractmethod
    def update_limits(self, context, project_id: str, limits: dict[str, int],
                      user_id: str | None = None, force: bool = False) -> None:
        """Set these limits of the project, or of a user in it, and leave the others.

        Raises QuotaLimitInvalid, having set none, when one is below what is used (for a project
        also: below what its users were given together), or for a user above what the project has
        left to give. With `force` neither counts.
        """

    @abc.abstractmethod
    def update_class_limits(self, context, quota_class: str, limits: dict[str, int]) -> None:
        """Set these limits of the class and leave the others."""

    @abc.abstractmethod
    def delete_limits(self, context, project_id: str, user_id: str | None = None) -> None:
        """Forget what was set for the project, or for the user in it. It need not be there."""

    @abc.abstractmethod
    def limit_check(self, context, **values: int) -> None:
        """Raises OverQuota when a value (metadata_items=5) is above its limit for the context."""
