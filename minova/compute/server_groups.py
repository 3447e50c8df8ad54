"""Server groups of the default backend."""

from oslo_utils import uuidutils

from minova import exception
from minova.compute import contract, quotas
from minova.db import engine
from minova.db import server_groups as db


class ServerGroupAPI(contract.ServerGroupAPI):

    def get_all(self, context, all_projects=False, limit=1000, offset=0):
        return db.get_page(None if all_projects else context.project_id, limit, offset)

    def get(self, context, group_uuid):
        group = db.get(group_uuid)
        if group is None or not _may_use(context, group['project_id']):
            raise exception.InstanceGroupNotFound(group_uuid=group_uuid)
        return group

    def create(self, context, name, policies):
        group = {'uuid': uuidutils.generate_uuid(), 'name': name, 'project_id': context.project_id,
                 'user_id': context.user_id}
        self._create(context, group, policies)
        return {**group, 'policies': policies, 'members': []}

    @engine.retry_on_conflict
    def _create(self, context, group, policies):
        with engine.writer() as conn:
            quotas.reserve(conn, context.project_id, context.user_id, {'server_groups': 1},
                           context.quota_class)
            db.create(conn, policies, **group)

    @engine.retry_on_conflict
    def delete(self, context, group_uuid):
        group = self.get(context, group_uuid)
        with engine.writer() as conn:
            if not db.delete(conn, group['id']):
                raise exception.InstanceGroupNotFound(group_uuid=group_uuid)
            quotas.release(conn, group['project_id'], group['user_id'], {'server_groups': 1})


def _may_use(context, project_id: str) -> bool:
    return context.is_admin or project_id == context.project_id


def add_members(conn, context, group_uuid: str, instance_uuids: list[str],
                check_quota: bool = True) -> None:
    """Make new servers of the context's user members of the group, within the caller's transaction.

    Raises InvalidInput for what is no uuid, InstanceGroupNotFound, and QuotaError when the user has
    too many servers in the group.
    """
    if not uuidutils.is_uuid_like(group_uuid):
        raise exception.InvalidInput(reason='Server group scheduler hint must be a UUID.')
    group_id, project_id = db.lock(conn, group_uuid) or (None, None)
    if group_id is None or not _may_use(context, project_id):
        raise exception.InstanceGroupNotFound(group_uuid=group_uuid)
    if check_quota:
        count = db.count_members(conn, group_id, context.user_id) + len(instance_uuids)
        try:
            quotas.check(context, {'server_group_members': count})
        except exception.OverQuota:
            raise exception.QuotaError('Quota exceeded, too many servers in group') from None
    db.add_members(conn, group_id, instance_uuids)
