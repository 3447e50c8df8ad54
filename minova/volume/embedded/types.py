"""Types of volumes of the embedded volume service: names with properties, which change nothing."""

import uuid

from minova import exception
from minova.conf import CONF
from minova.db import volume_types as db
from minova.volume.embedded import common


class TypeMixin:

    def get_type(self, context, name_or_id):
        found = db.get(name_or_id, common.eyes(context))
        if found is None:
            raise exception.VolumeTypeNotFound(volume_type_id=name_or_id)
        return found

    def get_default_type(self, context):
        return db.get(CONF.default_volume_type)

    def get_all_types(self, context, limit=None, *, is_public=None, marker=None,
                      sort=('created_at', 'desc')):
        types = db.get_page(common.eyes(context), is_public=is_public, limit=limit, marker=marker,
                            sort_key=sort[0], sort_dir=sort[1])
        if types is None:
            raise exception.MarkerNotFound(marker=marker)
        return types

    def create_type(self, context, name, description=None, is_public=True, extra_specs=None):
        type_id = str(uuid.uuid4())
        if not db.create({'id': type_id, 'name': name, 'description': description,
                          'is_public': is_public, 'extra_specs': dict(extra_specs or {})}):
            raise exception.VolumeTypeExists(name=name)
        return self.get_type(context, type_id)

    def update_type(self, context, type_id, values):
        if values:
            updated = db.update(type_id, values)
            if updated is None:
                raise exception.VolumeTypeExists(name=values['name'])
        return self.get_type(context, type_id)

    def delete_type(self, context, type_id):
        found = self.get_type(context, type_id)
        if found['name'] == CONF.default_volume_type:
            raise exception.VolumeTypeDefault(volume_type_id=type_id)
        if not db.delete(type_id):
            self.get_type(context, type_id)     # gone meanwhile? Otherwise it is in use.
            raise exception.VolumeTypeInUse(volume_type_id=type_id)

    def set_extra_specs(self, context, type_id, extra_specs):
        if db.change_specs(type_id, extra_specs) is None:
            raise exception.VolumeTypeNotFound(volume_type_id=type_id)

    def delete_extra_spec(self, context, type_id, key):
        try:
            specs = db.change_specs(type_id, {}, without=key)
        except KeyError:
            raise exception.VolumeTypeExtraSpecsNotFound(
                volume_type_id=type_id, extra_specs_key=key) from None
        if specs is None:
            raise exception.VolumeTypeNotFound(volume_type_id=type_id)

    def get_type_access(self, context, type_id):
        return db.get_projects(type_id)

    def add_type_access(self, context, type_id, project_id):
        self.get_type(context, type_id)
        if not db.add_access(type_id, project_id):
            raise exception.VolumeTypeAccessExists(volume_type_id=type_id, project_id=project_id)

    def remove_type_access(self, context, type_id, project_id):
        self.get_type(context, type_id)
        if not db.remove_access(type_id, project_id):
            raise exception.VolumeTypeAccessNotFound(volume_type_id=type_id, project_id=project_id)
