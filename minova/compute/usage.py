"""Usage, of the default backend."""

from minova.compute import contract
from minova.db import usage as db


class UsageAPI(contract.UsageAPI):

    def get_active_by_window(self, context, begin, end, project_id=None, with_flavor=True):
        return db.active_between(begin.replace(microsecond=0), end.replace(microsecond=0),
                                 project_id, with_flavor)
