"""Audits of usage of the default backend."""

from minova.compute import contract
from minova.db import services, task_log

_TASK = 'instance_usage_audit'


class UsageAuditAPI(contract.UsageAuditAPI):

    def get_hosts(self, context):
        return sorted({service['host'] for service in services.get_all(binary='nova-compute')})

    def get_task_logs(self, context, beginning, ending):
        return task_log.get_all(_TASK, beginning, ending)
