"""Limits, quotas of projects, and of quota classes."""

from oslo_utils import strutils

from minova import exception, volume
from minova.api import rest
from minova.api.volume import schemas
from minova.policies import block_storage as policies

#: Resource, what its limit is called, and what is used of it.
_ABSOLUTE = (('volumes', 'Volumes', 'Volumes'), ('snapshots', 'Snapshots', 'Snapshots'),
             ('gigabytes', 'VolumeGigabytes', 'Gigabytes'), ('backups', 'Backups', 'Backups'),
             ('backup_gigabytes', 'BackupGigabytes', 'BackupGigabytes'))


class Limits(rest.Controller):

    def __init__(self):
        self.volume_api = volume.API()

    @rest.route('GET', '/limits')
    def index(self, req):
        context = req.context
        project_id = context.project_id
        if context.is_admin:
            project_id = req.GET.get('project_id') or req.GET.get('tenant_id') or project_id
        context.can(policies.LIMITS, {'project_id': project_id})
        quotas = self.volume_api.get_quotas(context, project_id)
        absolute = {}
        for resource, maximum, used in _ABSOLUTE:
            absolute[f'maxTotal{maximum}'] = quotas[resource]['limit']
            absolute[f'total{used}Used'] = quotas[resource]['in_use']
        return {'limits': {'rate': [], 'absolute': absolute}}


class QuotaSets(rest.Controller):
    """The id in the URL is a project's."""

    def __init__(self):
        self.volume_api = volume.API()

    @rest.route('GET', '/os-quota-sets/{target_id}')
    def show(self, req, target_id):
        req.context.can(policies.QUOTAS_SHOW, {'project_id': target_id})
        quotas = self.volume_api.get_quotas(req.context, target_id)
        if strutils.bool_from_string(req.GET.get('usage', '')):
            for quota in quotas.values():
                quota['allocated'] = 0
        else:
            quotas = {resource: quota['limit'] for resource, quota in quotas.items()}
        return {'quota_set': {'id': target_id, **quotas}}

    @rest.route('GET', '/os-quota-sets/{target_id}/defaults')
    def defaults(self, req, target_id):
        req.context.can(policies.QUOTAS_SHOW, {'project_id': target_id})
        return {'quota_set': {'id': target_id, **self.volume_api.get_class_quotas(req.context)}}

    @rest.route('PUT', '/os-quota-sets/{target_id}', schema=schemas.quota_set_update)
    def update(self, req, target_id):
        context = req.context
        context.can(policies.QUOTAS_UPDATE, {'project_id': target_id})
        _check_length(target_id)
        limits = _limits(req.json['quota_set'])
        if not strutils.bool_from_string(req.GET.get('skip_validation', 'true')):
            self._check(limits, self.volume_api.get_quotas(context, target_id))
        self.volume_api.update_quotas(context, target_id, limits)
        quotas = self.volume_api.get_quotas(context, target_id)
        return {'quota_set': {resource: quota['limit'] for resource, quota in quotas.items()}}

    @staticmethod
    def _check(limits: dict, quotas: dict) -> None:
        for resource, limit in sorted(limits.items()):
            used = quotas[resource]['in_use']
            if 0 <= limit < used:
                raise exception.InvalidInput(
                    reason=f'Quota {resource} limit must be equal or greater than existing '
                           f'resources. Current usage is {used} and the requested limit is {limit}.')

    @rest.route('DELETE', '/os-quota-sets/{target_id}')
    def delete(self, req, target_id):
        req.context.can(policies.QUOTAS_DELETE, {'project_id': target_id})
        self.volume_api.delete_quotas(req.context, target_id)
        return rest.json_answer(200, None)


class QuotaClassSets(rest.Controller):

    def __init__(self):
        self.volume_api = volume.API()

    @rest.route('GET', '/os-quota-class-sets/{quota_class}')
    def show(self, req, quota_class):
        req.context.can(policies.QUOTA_CLASSES)
        quotas = self.volume_api.get_class_quotas(req.context, quota_class)
        return {'quota_class_set': {'id': quota_class, **quotas}}

    @rest.route('PUT', '/os-quota-class-sets/{quota_class}', schema=schemas.quota_class_set_update)
    def update(self, req, quota_class):
        req.context.can(policies.QUOTA_CLASSES)
        _check_length(quota_class)
        self.volume_api.update_class_quotas(
            req.context, quota_class, _limits(req.json['quota_class_set']))
        return {'quota_class_set': self.volume_api.get_class_quotas(req.context, quota_class)}


def _limits(values: dict) -> dict[str, int]:
    return {key: int(value) for key, value in values.items() if key not in ('tenant_id', 'class_name')}


def _check_length(identifier: str) -> None:
    if len(identifier) > 255:
        raise exception.InvalidInput(
            reason=f'The id has {len(identifier)} characters, more than 255.')
