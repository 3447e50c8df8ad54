"""Types of volumes, their extra specs, and who may use those that are not public."""

from oslo_utils import strutils

from minova import exception, volume
from minova.api import rest
from minova.api.volume import actions, listing, schemas, views
from minova.policies import block_storage as policies

_KIND = listing.Kind(keys={'name': 'name', 'created_at': 'created_at', 'updated_at': 'updated_at'},
                     sort_keys=frozenset(('name', 'created_at', 'updated_at')))


class Types(rest.Controller):

    def __init__(self):
        self.volume_api = volume.API()

    @rest.route('GET', '/types')
    def index(self, req):
        req.context.can(policies.TYPES)
        [sort, *_] = listing.sort(req, _KIND) or [('created_at', 'desc')]
        found = self.volume_api.get_all_types(
            req.context, listing.limit(req), is_public=_is_public(req),
            marker=req.GET.get('marker'), sort=sort)
        answer = {'volume_types': [views.volume_type(req, each) for each in found]}
        if links := listing.links(req, found):
            answer['volume_type_links'] = links
        return answer

    @rest.route('GET', '/types/default')
    def default(self, req):
        req.context.can(policies.TYPES)
        found = self.volume_api.get_default_type(req.context)
        if found is None:
            raise exception.VolumeTypeNotFound('Default volume type can not be found.')
        return {'volume_type': views.volume_type(req, found)}

    @rest.route('GET', '/types/{type_id}')
    def show(self, req, type_id):
        req.context.can(policies.TYPES)
        return {'volume_type': views.volume_type(req, _by_id(self.volume_api, req, type_id))}

    @rest.route('POST', '/types', schema=schemas.type_create)
    def create(self, req):
        req.context.can(policies.TYPES_MANAGE)
        values = req.json['volume_type']
        made = self.volume_api.create_type(
            req.context, values['name'].strip(), values.get('description'),
            strutils.bool_from_string(values.get('os-volume-type-access:is_public', True)),
            values.get('extra_specs'))
        return {'volume_type': views.new_type(req, made)}

    @rest.route('PUT', '/types/{type_id}', schema=schemas.type_update)
    def update(self, req, type_id):
        req.context.can(policies.TYPES_MANAGE)
        given = req.json['volume_type']
        values = {key: given[key] for key in ('name', 'description') if key in given}
        if 'name' in values:
            values['name'] = values['name'].strip()
        if 'is_public' in given:
            values['is_public'] = strutils.bool_from_string(given['is_public'])
        found = _by_id(self.volume_api, req, type_id)
        return {'volume_type': views.changed_type(
            req, self.volume_api.update_type(req.context, found['id'], values))}

    @rest.route('DELETE', '/types/{type_id}', code=202)
    def delete(self, req, type_id):
        req.context.can(policies.TYPES_MANAGE)
        self.volume_api.delete_type(req.context, _by_id(self.volume_api, req, type_id)['id'])


def _by_id(volume_api, req, type_id: str) -> dict:
    """The type of that id. Raises VolumeTypeNotFound, also for a name."""
    found = volume_api.get_type(req.context, type_id)
    if found['id'] != type_id:
        raise exception.VolumeTypeNotFound(volume_type_id=type_id)
    return found


def _is_public(req) -> bool | None:
    """Which types are listed: None is all that are seen, and others than public ones are for
    administrators to ask for."""
    if not req.context.is_admin:
        return None
    wanted = req.GET.get('is_public', 'true')
    if wanted.lower() == 'none':
        return None
    try:
        return strutils.bool_from_string(wanted, strict=True)
    except ValueError:
        raise exception.InvalidInput(reason=f'Invalid is_public filter [{wanted}]') from None


class ExtraSpecs(rest.Controller):

    def __init__(self):
        self.volume_api = volume.API()

    @rest.route('GET', '/types/{type_id}/extra_specs')
    def index(self, req, type_id):
        req.context.can(policies.TYPE_EXTRA_SPECS)
        return {'extra_specs': _by_id(self.volume_api, req, type_id)['extra_specs']}

    @rest.route('GET', '/types/{type_id}/extra_specs/{key}')
    def show(self, req, type_id, key):
        specs = self.index(req, type_id)['extra_specs']
        if key not in specs:
            raise exception.VolumeTypeExtraSpecsNotFound(volume_type_id=type_id, extra_specs_key=key)
        return {key: specs[key]}

    @rest.route('POST', '/types/{type_id}/extra_specs', schema=schemas.extra_specs)
    def create(self, req, type_id):
        req.context.can(policies.TYPES_MANAGE)
        self.volume_api.set_extra_specs(req.context, type_id, req.json['extra_specs'])
        return {'extra_specs': req.json['extra_specs']}

    @rest.route('PUT', '/types/{type_id}/extra_specs/{key}', schema=schemas.extra_spec)
    def update(self, req, type_id, key):
        req.context.can(policies.TYPES_MANAGE)
        if key not in req.json:
            raise exception.InvalidInput(reason='Request body and URI mismatch')
        self.volume_api.set_extra_specs(req.context, type_id, req.json)
        return req.json

    @rest.route('DELETE', '/types/{type_id}/extra_specs/{key}', code=202)
    def delete(self, req, type_id, key):
        req.context.can(policies.TYPES_MANAGE)
        self.volume_api.delete_extra_spec(req.context, type_id, key)


class TypeAccess(actions.ActionController):

    def __init__(self):
        super().__init__()
        self.volume_api = volume.API()

    @rest.route('GET', '/types/{type_id}/os-volume-type-access')
    def index(self, req, type_id):
        req.context.can(policies.TYPE_ACCESS)
        if _by_id(self.volume_api, req, type_id)['is_public']:
            raise exception.VolumeTypeNotFound(
                'Access list not available for public volume types.')
        return {'volume_type_access': [
            {'volume_type_id': type_id, 'project_id': project_id}
            for project_id in self.volume_api.get_type_access(req.context, type_id)]}

    @rest.route('POST', '/types/{type_id}/action')
    def action(self, req, type_id):
        return self.carry_out(req, type_id)

    @actions.action('addProjectAccess', schema=schemas.project_access)
    def add(self, req, type_id, arguments):
        req.context.can(policies.TYPE_ACCESS)
        if _by_id(self.volume_api, req, type_id)['is_public']:
            raise exception.InvalidInput(
                reason='Type access modification is not applicable to public volume type.')
        self.volume_api.add_type_access(req.context, type_id, arguments['project'])

    @actions.action('removeProjectAccess', schema=schemas.project_access)
    def remove(self, req, type_id, arguments):
        req.context.can(policies.TYPE_ACCESS)
        _by_id(self.volume_api, req, type_id)
        self.volume_api.remove_type_access(req.context, type_id, arguments['project'])
