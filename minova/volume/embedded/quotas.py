"""Quotas of volumes. What is used is counted within the transaction that uses it.

`reserve` and `release` hold the project's row of quota_usages until the transaction ends, which makes
them exact under concurrent requests; call them late.
"""

from collections.abc import Mapping

from minova import exception
from minova.conf import CONF
from minova.db import engine
from minova.db import quotas as db

#: Resource -> the option with its default limit.
RESOURCES = {
    'volumes': 'quota_volumes',
    'snapshots': 'quota_snapshots',
    'gigabytes': 'quota_gigabytes',
    'per_volume_gigabytes': 'per_volume_size_limit',
}
#: Limits of what is not here, for clients that set and show them: none of it is ever used.
_OF_NOTHING = {'backups': 10, 'backup_gigabytes': 1000, 'groups': 10}


def reserve(conn, context, project_id: str, deltas: Mapping[str, int], size: int) -> None:
    """Count `deltas` ({'volumes': 1, 'gigabytes': 5}) for the project, if all fit; three statements.

    :param size: of the volume then, in GiB
    :raises VolumeSizeExceedsLimit, VolumeSizeExceedsAvailableQuota, VolumeLimitExceeded,
        SnapshotLimitExceeded:
    """
    limits = _limits(context, project_id)
    if 0 <= limits['per_volume_gigabytes'] < size:
        raise exception.VolumeSizeExceedsLimit(size=size, limit=limits['per_volume_gigabytes'])
    used = db.lock_usages(conn, project_id, db.PROJECT)[db.PROJECT]
    overs = {r for r, delta in deltas.items() if 0 <= limits[r] < used[r] + delta}
    if 'gigabytes' in overs:
        raise exception.VolumeSizeExceedsAvailableQuota(
            name='gigabytes', requested=deltas['gigabytes'], quota=limits['gigabytes'],
            consumed=used['gigabytes'])
    if 'volumes' in overs:
        raise exception.VolumeLimitExceeded(allowed=limits['volumes'], name='volumes')
    if 'snapshots' in overs:
        raise exception.SnapshotLimitExceeded(allowed=limits['snapshots'])
    db.add_usages(conn, project_id, [db.PROJECT], deltas)


def release(conn, project_id: str, deltas: Mapping[str, int]) -> None:
    """Count `deltas` less, for the project for which they were counted. One statement."""
    db.add_usages(conn, project_id, [db.PROJECT], {r: -delta for r, delta in deltas.items()})


def _limits(context, project_id: str) -> dict[str, int]:
    # The quota class is known of the project that asks alone.
    quota_class = context.quota_class if project_id == context.project_id else None
    return _configured() | db.get_limits(project_id, quota_class=quota_class)[0]


def _configured() -> dict[str, int]:
    return {resource: getattr(CONF, option) for resource, option in RESOURCES.items()} | _OF_NOTHING


class QuotaMixin:

    def get_quotas(self, context, project_id):
        limits = _limits(context, project_id)
        used = db.get_usages(project_id, db.PROJECT)[db.PROJECT]
        return {r: {'limit': limits[r], 'in_use': used.get(r, 0), 'reserved': 0} for r in _configured()}

    def get_class_quotas(self, context, quota_class=db.DEFAULT_CLASS):
        configured = _configured()
        limits = configured | db.get_class_limits(quota_class)
        return {resource: limits[resource] for resource in configured}

    def update_quotas(self, context, project_id, limits):
        db.set_limits(project_id, limits)

    def update_class_quotas(self, context, quota_class, limits):
        db.set_class_limits(quota_class, limits)

    @engine.retry_on_conflict
    def delete_quotas(self, context, project_id):
        db.delete_limits(project_id, (*RESOURCES, *_OF_NOTHING))
