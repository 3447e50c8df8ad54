"""Usage: which servers ran when."""

import abc
import datetime


class UsageAPI(abc.ABC):

    @abc.abstractmethod
    def get_active_by_window(self, context, begin: datetime.datetime, end: datetime.datetime,
                             project_id: str | None = None, with_flavor: bool = True,
                             ) -> list[dict]:
        """The servers that ran between `begin` and `end`, deleted ones too, oldest first.

        Both are taken as whole seconds, as Nova does: a server that was launched in the second of
        `end` is not there yet. A server is a dict: uuid, display_name, project_id, vcpus,
        memory_mb, root_gb, ephemeral_gb, vm_state, launched_at, terminated_at (or None), and
        with_flavor flavor_name.
        """
