"""The action os-getConsoleOutput."""

import re

from minova.api import validation
from minova.api.openstack import extensions, wsgi
from minova.api.openstack.compute.schemas import console_output as schema
from minova.api.openstack.compute.server_action import ServerActionController
from minova.policies import console_output as policies

ALIAS = 'os-console-output'

# Control characters that JSON clients have been spared since they were XML clients.
_UNPRINTABLE = re.compile('[\x00-\x08\x0B-\x1F]')


class ConsoleOutputController(ServerActionController):

    @extensions.expected_errors((400, 404, 409, 501))
    @wsgi.action('os-getConsoleOutput')
    @validation.schema(schema.get_console_output)
    def get_console_output(self, req, id, body):
        length = body['os-getConsoleOutput'].get('length')
        output = self._do(req, id, policies.BASE, 'os-getConsoleOutput', 'get_console_output',
                          None if length is None else int(length))
        return {'output': _UNPRINTABLE.sub('', output)}


class ConsoleOutput(extensions.V21APIExtensionBase):
    """The action os-getConsoleOutput."""

    name = 'ConsoleOutput'
    alias = ALIAS
    description = 'Console log output support, with tailing ability.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', ConsoleOutputController())]
