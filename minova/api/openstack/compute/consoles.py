"""The consoles that a console service (nova-console) offers for servers."""

import webob.exc

from minova import compute, exception
from minova.api.openstack import extensions, wsgi
from minova.policies import consoles as policies

ALIAS = 'consoles'


class ConsolesController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.compute_api = compute.API()

    @extensions.expected_errors(())
    def index(self, req, server_id):
        req.context.can(policies.INDEX)
        consoles = self.compute_api.get_consoles(req.context, server_id)
        return {'consoles': [{'console': {'id': console['id'],
                                          'console_type': console['console_type']}}
                             for console in consoles]}

    @extensions.expected_errors(404)
    def create(self, req, server_id, body):
        req.context.can(policies.CREATE)
        try:
            self.compute_api.create_console(req.context, server_id)
        except exception.NotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None

    @extensions.expected_errors(404)
    def show(self, req, server_id, id):
        req.context.can(policies.SHOW)
        try:
            console = self.compute_api.get_console_by_id(req.context, server_id, id)
        except exception.NotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None
        return {'console': {'id': console['id'], 'console_type': console['console_type'],
                            'password': console['password'], 'port': console['port'],
                            'instance_name': console['instance_name'],
                            'host': console['public_hostname']}}

    @wsgi.response(202)
    @extensions.expected_errors(404)
    def delete(self, req, server_id, id):
        req.context.can(policies.DELETE)
        try:
            self.compute_api.delete_console(req.context, server_id, id)
        except exception.NotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None


class Consoles(extensions.V21APIExtensionBase):
    """The consoles of servers."""

    name = 'Consoles'
    alias = ALIAS
    listed = False

    def get_resources(self):
        return [extensions.ResourceExtension(
            'consoles', ConsolesController(), member_name='console',
            parent={'member_name': 'server', 'collection_name': 'servers'})]

    def get_controller_extensions(self):
        return []
