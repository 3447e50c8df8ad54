"""personality: files that are put into a server."""

import webob.exc

from minova.api.openstack import extensions
from minova.api.openstack.compute.schemas import personality as schema

ALIAS = 'os-personality'


class Personality(extensions.V21APIExtensionBase):
    """personality: files that are put into a server."""

    name = 'Personality'
    alias = ALIAS
    description = 'Personality support.'

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return []


def _injected_files(personality: list[dict]) -> list[tuple[str, str]]:
    """(path, content in base64) of each file; a 400 for one without either, where Nova answers 500."""
    for each in personality:
        for key in ('path', 'contents'):
            if key not in each:
                raise webob.exc.HTTPBadRequest(explanation=f"Bad personality format: missing '{key}'")
    return [(each['path'], each['contents']) for each in personality]


class PersonalityHook:
    """Takes it from the request."""

    alias = ALIAS

    def server_create(self, server, create_kwargs, body):
        if 'personality' in server:
            create_kwargs['injected_files'] = _injected_files(server['personality'])

    def server_rebuild(self, rebuild, rebuild_kwargs):
        if 'personality' in rebuild:
            rebuild_kwargs['files_to_inject'] = _injected_files(rebuild['personality'])

    def get_server_create_schema(self):
        return schema.server_create

    get_server_rebuild_schema = get_server_create_schema
