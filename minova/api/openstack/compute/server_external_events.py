"""Events of other services, such as the network's, about servers."""

import webob.exc

from minova import compute
from minova.api import validation
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.schemas import server_external_events as schemas
from minova.policies import server_external_events as policies

ALIAS = 'os-server-external-events'


class ServerExternalEventsController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.notice_api = compute.NoticeAPI()

    @wsgi.response(200)
    @extensions.expected_errors((400, 403, 404))
    @validation.schema(schemas.create)
    def create(self, req, body):
        req.context.can(policies.CREATE)
        events = [{'status': 'completed', 'tag': None, **event} for event in body['events']]
        codes = self.notice_api.external_instance_event(req.context, events)
        if 200 not in codes:
            raise webob.exc.HTTPNotFound(explanation='No instances found for any event')
        answers = [{**event, 'status': 'completed' if code == 200 else 'failed', 'code': code}
                   for event, code in zip(body['events'], codes, strict=True)]
        return wsgi.ResponseObject(
            {'events': answers}, 200 if all(code == 200 for code in codes) else 207)


class ServerExternalEvents(extensions.V21APIExtensionBase):
    """The resource os-server-external-events."""

    name = 'ServerExternalEvents'
    alias = ALIAS
    description = 'Server External Event Triggers.'

    def get_resources(self):
        return [extensions.ResourceExtension(ALIAS, ServerExternalEventsController())]

    def get_controller_extensions(self):
        return []
