"""Audits: what each host did when it last reported the usage of its servers."""

import abc
import datetime


class UsageAuditAPI(abc.ABC):

    @abc.abstractmethod
    def get_hosts(self, context) -> list[str]:
        """The hosts that are to report, disabled ones included."""

    @abc.abstractmethod
    def get_task_logs(self, context, beginning: datetime.datetime,
                      ending: datetime.datetime) -> list[dict]:
        """The reports on that period, one per host that began with it: host, state ('RUNNING',
        'DONE'), task_items (servers), errors, message.
        """
