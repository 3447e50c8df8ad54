"""os-instance-actions: the record of what was done to a server."""

import webob.exc

from minova import compute
from minova.api.openstack import common, extensions, wsgi
from minova.policies import instance_actions as policies

ALIAS = 'os-instance-actions'
_ACTION_KEYS = ('action', 'instance_uuid', 'request_id', 'user_id', 'project_id', 'start_time',
                'message')
_EVENT_KEYS = ('event', 'start_time', 'finish_time', 'result', 'traceback')


class InstanceActionsController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.compute_api = compute.API()
        self.action_api = compute.InstanceActionAPI()

    @extensions.expected_errors(404)
    def index(self, req, server_id):
        context = req.context
        context.can(policies.BASE)
        instance = common.get_instance(self.compute_api, context, server_id)
        return {'instanceActions': [_view(action, _ACTION_KEYS) for action in
                                    self.action_api.actions_get(context, instance)]}

    @extensions.expected_errors(404)
    def show(self, req, server_id, id):
        context = req.context
        context.can(policies.BASE)
        instance = common.get_instance(self.compute_api, context, server_id)
        found = self.action_api.action_get_by_request_id(context, instance, id)
        if found is None:
            raise webob.exc.HTTPNotFound(explanation=f'Action {id} not found')
        action, events = found
        view = _view(action, _ACTION_KEYS)
        if context.can(policies.EVENTS, fatal=False):
            view['events'] = [_view(event, _EVENT_KEYS) for event in events]
        return {'instanceAction': view}


def _view(row: dict, keys: tuple[str, ...]) -> dict:
    """These columns, with times to the microsecond."""
    return {key: row[key].isoformat(timespec='microseconds')
            if key.endswith('_time') and row[key] else row[key] for key in keys}


class InstanceActions(extensions.V21APIExtensionBase):
    """os-instance-actions."""

    name = 'InstanceActions'
    alias = ALIAS
    description = 'View a log of actions and events taken on an instance.'

    def get_resources(self):
        return [extensions.ResourceExtension(
            ALIAS, InstanceActionsController(), member_name='instance_action',
            parent={'member_name': 'server', 'collection_name': 'servers'})]

    def get_controller_extensions(self):
        return []
