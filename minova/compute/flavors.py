"""Flavors of the default backend."""

import uuid

from minova import exception
from minova.compute import contract
from minova.db import flavors as db


class FlavorAPI(contract.FlavorAPI):

    def get_by_flavor_id(self, context, flavorid):
        flavor = db.get_by_flavorid(flavorid, _eyes(context))
        if flavor is None:
            raise exception.FlavorNotFound(flavor_id=flavorid)
        return flavor

    def get_all(self, context, filters, sort_key, sort_dir, limit=None, marker=None):
        eyes = _eyes(context)
        is_public = filters.get('is_public')
        if eyes is not None and is_public:
            # For a member, 'public' means what the project may use.
            is_public = None
        elif is_public:
            eyes = context.project_id
            is_public = None
        try:
            flavors = db.get_page(
                eyes, min_memory_mb=filters.get('min_memory_mb'),
                min_root_gb=filters.get('min_root_gb'), disabled=filters.get('disabled'),
                is_public=is_public, sort_key=sort_key, sort_dir=sort_dir, limit=limit, marker=marker)
        except KeyError:
            raise exception.InvalidSortKey() from None
        if flavors is None:
            raise exception.MarkerNotFound(marker=marker)
        return flavors

    def create(self, context, *, name, memory_mb, vcpus, root_gb, ephemeral_gb=0, flavorid=None,
               swap=0, rxtx_factor=1.0, is_public=True):
        values = _checked(dict(
            name=name, memory_mb=memory_mb, vcpus=vcpus, root_gb=root_gb, ephemeral_gb=ephemeral_gb,
            flavorid=flavorid or str(uuid.uuid4()), swap=swap, rxtx_factor=rxtx_factor,
            is_public=is_public))
        taken = db.create(values)
        if taken == 'flavorid':
            raise exception.FlavorIdExists(flavor_id=values['flavorid'])
        if taken == 'name':
            raise exception.FlavorExists(name=name)
        return db.get_by_flavorid(values['flavorid'])

    def destroy(self, context, flavorid):
        if not db.delete(flavorid):
            raise exception.FlavorNotFound(flavor_id=flavorid)

    def get_access(self, context, flavor):
        return db.get_projects(flavor['id'])

    def add_access(self, context, flavor, project_id):
        if not db.add_access(flavor['id'], project_id):
            raise exception.FlavorAccessExists(
                flavor_id=flavor['flavorid'], project_id=project_id)

    def remove_access(self, context, flavor, project_id):
        if not db.remove_access(flavor['id'], project_id):
            raise exception.FlavorAccessNotFound(
                flavor_id=flavor['flavorid'], project_id=project_id)

    def set_extra_specs(self, context, flavor, extra_specs):
        db.set_extra_specs(flavor['id'], extra_specs)

    def delete_extra_spec(self, context, flavor, key):
        if not db.delete_extra_spec(flavor['id'], key):
            raise exception.FlavorExtraSpecsNotFound(
                flavor_id=flavor['flavorid'], extra_specs_key=key)


def load_fixtures(items: list[dict]) -> int:
    """Add the flavors of `items` that there have never been and whose name is free; how many these are.

        - {id: "6", name: c1.tiny, ram: 256, vcpus: 1, disk: 3}

    Further keys, all optional: ephemeral, swap, rxtx_factor, is_public, disabled, extra_specs (a
    mapping), projects (a list). Raises ValueError for a declaration that makes no sense, before
    anything is added.
    """
    return db.add_missing([declared(item) for item in items])


#: How a flavor's numbers are called in declarations and in messages, and the least they may be.
_NUMBERS = {
    'memory_mb': ('ram', 1), 'vcpus': ('vcpus', 1), 'root_gb': ('disk', 0),
    'ephemeral_gb': ('ephemeral', 0), 'swap': ('swap', 0)}
_DECLARED = {'name': 'name', 'ram': 'memory_mb', 'vcpus': 'vcpus', 'disk': 'root_gb',
             'ephemeral': 'ephemeral_gb', 'swap': 'swap', 'rxtx_factor': 'rxtx_factor',
             'is_public': 'is_public', 'disabled': 'disabled', 'projects': 'projects'}
_MAX_INT = 0x7FFFFFFF
_MAX_LENGTH = 255
_MAX_FLOAT = 3.40282e+38


def _checked(values: dict) -> dict:
    """`values`, if they are in range. Raises InvalidInput."""
    for key, name in (('name', 'flavor name'), ('flavorid', 'flavor id')):
        if len(values[key]) > _MAX_LENGTH:
            raise exception.InvalidInput(
                reason=f'{name} has {len(values[key])} characters, more than {_MAX_LENGTH}.')
    for key, (name, least) in _NUMBERS.items():
        if values[key] < least:
            raise exception.InvalidInput(reason=f'{name} must be >= {least}')
        if values[key] > _MAX_INT:
            raise exception.InvalidInput(reason=f'{name} must be <= {_MAX_INT}')
    if not 0 < values['rxtx_factor'] <= _MAX_FLOAT:
        raise exception.InvalidInput(
            reason=f"'rxtx_factor' argument must be a float between 0 and {_MAX_FLOAT:g}")
    return values


def declared(item: dict) -> dict:
    """What the database keeps of a declared flavor. Raises ValueError, InvalidInput."""
    if not isinstance(item, dict):
        raise ValueError(f'{item!r} is not a mapping')
    unknown = sorted(set(map(str, item)) - set(_DECLARED) - {'id', 'extra_specs'})
    if unknown:
        raise ValueError(f'flavor {item.get("name")}: there is no {", ".join(unknown)}')
    missing = [key for key in ('id', 'name', 'ram', 'vcpus') if key not in item]
    if missing:
        raise ValueError(f'flavor {item.get("name")} has no {", ".join(missing)}')
    values = {column: item[key] for key, column in _DECLARED.items() if key in item}
    for column in _NUMBERS:
        values[column] = int(values.get(column, 0))
    values['rxtx_factor'] = float(values.get('rxtx_factor', 1.0))
    values['flavorid'] = str(item['id'])
    values['extra_specs'] = {str(k): str(v) for k, v in (item.get('extra_specs') or {}).items()}
    return _checked(values)


def _eyes(context) -> str | None:
    """Whose view of the flavors this is: a project's; None, an administrator's, is everything."""
    return None if context.is_admin else context.project_id
