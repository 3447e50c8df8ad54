"""The end of servers, and the way back while there is one."""

from minova import exception
from minova.compute import actions, quotas
from minova.compute.api_base import Accepting
from minova.conf import CONF
from minova.db import engine, instance_actions
from minova.db import instances as db


class DeleteAPI(Accepting):

    def delete(self, context, instance):
        soft = CONF.reclaim_instance_interval > 0 and instance['launched_at']
        self._delete(context, instance, actions.SOFT_DELETE if soft else actions.DELETE)

    def force_delete(self, context, instance):
        self._delete(context, instance, actions.FORCE_DELETE)

    @engine.retry_on_conflict
    def _delete(self, context, instance: dict, action: actions.Action) -> None:
        actions.check(context, instance, action)
        with engine.writer() as conn:
            if not db.mark_deleting(conn, instance['uuid'], action is actions.SOFT_DELETE):
                return          # it is on its way already, or gone
            instance_actions.start(conn, context, [instance['uuid']], action.record)
            self.compute_rpcapi.cast(conn, action.work, context, instance)

    def restore(self, context, instance):
        def prepare(conn) -> dict:
            needed = quotas.of_server(db.lock(conn, instance['uuid']))
            try:
                quotas.reserve(conn, instance['project_id'], instance['user_id'], needed,
                               context.quota_class)
            except exception.OverQuota as error:
                raise quotas.too_many_instances(error, needed) from None
            return {}
        self._accept(context, instance, actions.RESTORE, prepare=prepare)
