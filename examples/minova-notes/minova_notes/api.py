"""The API: /notes, the action addNote, the attribute notes:count, and notes:text to create with."""

import webob.exc

from minova import compute
from minova.api import validation
from minova.api.openstack import common, extensions, wsgi
from minova_notes import backend, notes, policies, schemas

ALIAS = 'minova-notes'


class NotesController(wsgi.Controller):
    """A resource of its own: /notes."""

    def __init__(self):
        super().__init__()
        self.compute_api = compute.API()

    @extensions.expected_errors(())
    def index(self, req):
        req.context.can(policies.RULE % 'index')
        return {'notes': [_view(note) for note in notes.get_all(req.context.project_id)]}

    @wsgi.Controller.api_version('2.1', '2.9')
    @extensions.expected_errors(404)
    def show(self, req, id):
        return {'note': _view(self._get(req, id, 'show'))}

    @wsgi.Controller.api_version('2.10')
    @extensions.expected_errors(404)
    def show(self, req, id):  # noqa: F811
        note = self._get(req, id, 'show')
        return {'note': _view(note) | {'user_id': note['user_id']}}

    @wsgi.response(201)
    @extensions.expected_errors((400, 404))
    @validation.schema(schemas.create)
    def create(self, req, body):
        context, wanted = req.context, body['note']
        context.can(policies.RULE % 'create')
        server_id = wanted.get('server_id')
        if server_id is not None:
            common.get_instance(self.compute_api, context, server_id)
        [note] = notes.add(context, wanted['text'], [server_id])
        return {'note': _view(note)}

    @wsgi.Controller.api_version('2.9')
    @extensions.expected_errors((400, 404))
    @validation.schema(schemas.update)
    def update(self, req, id, body):
        note = self._get(req, id, 'update')
        notes.update(note['id'], body['note']['text'])
        return {'note': _view(note | body['note'])}

    @wsgi.response(204)
    @extensions.expected_errors(404)
    def delete(self, req, id):
        notes.delete(self._get(req, id, 'delete')['id'])

    @staticmethod
    def _get(req, note_id: str, action: str) -> dict:
        """The note, if the caller may do that to it."""
        try:
            note = notes.get(note_id)
        except notes.NoteNotFound as e:
            raise webob.exc.HTTPNotFound(explanation=e.message) from None
        req.context.can(policies.RULE % action, {'project_id': note['project_id']})
        return note


def _view(note: dict) -> dict:
    return {'id': note['id'], 'text': note['text'], 'server_id': note['server_id'],
            'created_at': note['created_at'].strftime('%Y-%m-%dT%H:%M:%SZ')}


class ServerNotesController(wsgi.Controller):
    """What servers get: an action, and an attribute where they are shown."""

    def __init__(self):
        super().__init__()
        self.compute_api = compute.API()

    @wsgi.response(202)
    @extensions.expected_errors((400, 404))
    @wsgi.action('addNote')
    @validation.schema(schemas.add_note)
    def _add_note(self, req, id, body):
        req.context.can(policies.RULE % 'add_to_server')
        server = common.get_instance(self.compute_api, req.context, id)
        notes.add(req.context, body['addNote']['text'], [server['uuid']])

    @wsgi.extends
    def show(self, req, resp_obj, id):
        self._extend(req, [resp_obj.obj['server']])

    @wsgi.extends
    def detail(self, req, resp_obj):
        self._extend(req, resp_obj.obj['servers'])

    @staticmethod
    def _extend(req, servers: list[dict]) -> None:
        if servers and req.context.can(policies.RULE % 'count', fatal=False):
            counts = notes.count([server['id'] for server in servers])
            for server in servers:
                server['notes:count'] = counts.get(server['id'], 0)


class Notes(extensions.V21APIExtensionBase):
    """Notes on servers."""

    name = 'Notes'
    alias = ALIAS
    description = 'Notes on servers.'

    def get_resources(self):
        return [extensions.ResourceExtension('notes', NotesController(), member_name='note')]

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', ServerNotesController())]

    def get_policies(self):
        return policies.list_rules()


class NotesHook:
    """Takes notes:text from the request that creates a server, if the backend knows of notes."""

    alias = ALIAS

    def get_server_create_schema(self):
        knows = isinstance(compute.backend(), backend.Backend)
        return schemas.server_create if knows else {}

    def server_create(self, server, create_kwargs, body):
        if 'notes:text' in server:
            create_kwargs['note'] = server['notes:text']
