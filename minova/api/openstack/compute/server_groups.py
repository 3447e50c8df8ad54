"""Server groups: list, show, create, delete."""

import webob.exc

from minova import compute, exception
from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.schemas import server_groups as schema
from minova.policies import server_groups as policies

ALIAS = 'os-server-groups'


class ServerGroupController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.server_group_api = compute.ServerGroupAPI()

    @extensions.expected_errors(400)
    def index(self, req):
        context = req.context
        context.can(policies.BASE)
        limit, offset = common.get_limit_and_offset(req)
        groups = self.server_group_api.get_all(
            context, all_projects='all_projects' in req.GET and context.is_admin, limit=limit,
            offset=offset)
        return {'server_groups': [_view(group) for group in groups]}

    @extensions.expected_errors(404)
    def show(self, req, id):
        req.context.can(policies.BASE)
        try:
            return {'server_group': _view(self.server_group_api.get(req.context, id))}
        except exception.InstanceGroupNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None

    @extensions.expected_errors((400, 403))
    @validation.schema(schema.create)
    def create(self, req, body):
        req.context.can(policies.BASE)
        values = body['server_group']
        try:
            group = self.server_group_api.create(req.context, values['name'], values['policies'])
        except exception.OverQuota:
            raise webob.exc.HTTPForbidden(
                explanation='Quota exceeded, too many server groups.') from None
        return {'server_group': _view(group)}

    @wsgi.response(204)
    @extensions.expected_errors(404)
    def delete(self, req, id):
        req.context.can(policies.BASE)
        try:
            self.server_group_api.delete(req.context, id)
        except exception.InstanceGroupNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None


def _view(group: dict) -> dict:
    return {'id': group['uuid'], 'name': group['name'], 'policies': group['policies'],
            'members': group['members'], 'metadata': {}}


class ServerGroups(extensions.V21APIExtensionBase):
    """Server groups."""

    name = 'ServerGroups'
    alias = ALIAS
    description = 'Server group support.'

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, ServerGroupController(),
                                             member_name='server_group',
                                             member_actions={'action': 'POST'})]

    def get_controller_extensions(self):
        return []
