"""Quotas: how much of volumes and snapshots a project may have."""

import abc


class QuotaAPI(abc.ABC):
    """Resources are named as in Cinder: volumes, snapshots, gigabytes (in both), and
    per_volume_gigabytes, of which nothing is counted; and backups, backup_gigabytes and groups, of
    which there may be none. A limit of -1 is no limit. What was not
    limited for a project has the limit of its quota class, then that of the class 'default', then
    the configured one.
    """

    @abc.abstractmethod
    def get_quotas(self, context, project_id: str) -> dict[str, dict]:
        """{resource: {'limit': int, 'in_use': int, 'reserved': int}}"""

    @abc.abstractmethod
    def get_class_quotas(self, context, quota_class: str = 'default') -> dict[str, int]:
        """The limits of a quota class; those of 'default' are any project's that has no others."""

    @abc.abstractmethod
    def update_quotas(self, context, project_id: str, limits: dict[str, int]) -> None:
        """Set these limits of the project and leave the others."""

    @abc.abstractmethod
    def update_class_quotas(self, context, quota_class: str, limits: dict[str, int]) -> None:
        """Set these limits of the class and leave the others."""

    @abc.abstractmethod
    def delete_quotas(self, context, project_id: str) -> None:
        """Forget what was set for the project."""
