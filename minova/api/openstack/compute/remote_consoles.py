"""Consoles that a browser opens: four actions until 2.5, remote-consoles from 2.6."""

import webob.exc

from minova import exception
from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova.api.openstack.compute.schemas import remote_consoles as schema
from minova.api.openstack.compute.server_action import ServerActionController
from minova.policies import remote_consoles as policies

ALIAS = 'os-remote-consoles'
_ERRORS = (400, 404, 409, 501)
_TYPES = {'vnc': ('novnc', 'xvpvnc'), 'spice': ('spice-html5',), 'rdp': ('rdp-html5',),
          'serial': ('serial',), 'mks': ('webmks',)}


class RemoteConsolesController(ServerActionController):

    @wsgi.Controller.api_version('2.1', '2.5')
    @extensions.expected_errors(_ERRORS)
    @wsgi.action('os-getVNCConsole')
    @validation.schema(schema.get_vnc_console)
    def get_vnc_console(self, req, id, body):
        return self._console(req, id, body['os-getVNCConsole'])

    @wsgi.Controller.api_version('2.1', '2.5')
    @extensions.expected_errors(_ERRORS)
    @wsgi.action('os-getSPICEConsole')
    @validation.schema(schema.get_spice_console)
    def get_spice_console(self, req, id, body):
        return self._console(req, id, body['os-getSPICEConsole'])

    @wsgi.Controller.api_version('2.1', '2.5')
    @extensions.expected_errors(_ERRORS)
    @wsgi.action('os-getRDPConsole')
    @validation.schema(schema.get_rdp_console)
    def get_rdp_console(self, req, id, body):
        return self._console(req, id, body['os-getRDPConsole'])

    @wsgi.Controller.api_version('2.1', '2.5')
    @extensions.expected_errors(_ERRORS)
    @wsgi.action('os-getSerialConsole')
    @validation.schema(schema.get_serial_console)
    def get_serial_console(self, req, id, body):
        return self._console(req, id, body['os-getSerialConsole'])

    def _console(self, req, server_id: str, arguments: dict) -> dict:
        return {'console': {'type': arguments['type'],
                            'url': self._url(req, server_id, arguments['type'])}}

    @wsgi.Controller.api_version('2.6')
    @extensions.expected_errors(_ERRORS)
    @validation.schema(schema.create_v26, '2.6', '2.7')
    @validation.schema(schema.create_v28, '2.8')
    def create(self, req, server_id, body):
        console = body['remote_console']
        if console['type'] not in _TYPES[console['protocol']]:
            req.context.can(policies.BASE)
            common.get_instance(self.compute_api, req.context, server_id)
            raise webob.exc.HTTPBadRequest(
                explanation=exception.ConsoleTypeUnavailable(console_type=console['type']).message)
        return {'remote_console': {
            'protocol': console['protocol'], 'type': console['type'],
            'url': self._url(req, server_id, console['type'])}}

    def _url(self, req, server_id: str, console_type: str) -> str:
        try:
            return self._do(req, server_id, policies.BASE, 'get_console', 'get_console',
                            console_type)['url']
        except exception.ConsoleTypeUnavailable as e:
            raise webob.exc.HTTPBadRequest(explanation=e.message) from None


class RemoteConsoles(extensions.V21APIExtensionBase):
    """Consoles that a browser opens."""

    name = 'Consoles'
    alias = ALIAS
    # /extensions knows it by the name that it had in v2.
    listed = False
    absorbed = (('os-consoles', 'Consoles', 'Interactive Console support.'),)

    def get_resources(self):
        return [extensions.ResourceExtension(
            'remote-consoles', RemoteConsolesController(), member_name='remote-console',
            parent={'member_name': 'server', 'collection_name': 'servers'})]

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', RemoteConsolesController())]
