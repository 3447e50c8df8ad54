"""Who may do what with notes, unless the policy file says otherwise."""

from minova.policies import base

RULE = 'minova_notes:%s'


def list_rules():
    return [
        base.rule(RULE % 'index', '', "List the project's notes.", 'GET /notes'),
        base.rule(RULE % 'show', base.ADMIN_OR_OWNER, 'See a note.', 'GET /notes/{id}'),
        base.rule(RULE % 'create', '', 'Write a note.', 'POST /notes'),
        base.rule(RULE % 'update', base.ADMIN_OR_OWNER, 'Change a note.', 'PUT /notes/{id}'),
        base.rule(RULE % 'delete', base.ADMIN_OR_OWNER, 'Tear a note off.', 'DELETE /notes/{id}'),
        base.rule(RULE % 'add_to_server', base.ADMIN_OR_OWNER, 'Write a note on a server.',
                  'POST /servers/{server_id}/action'),
        base.rule(RULE % 'count', '', 'See how many notes a server has.',
                  'GET /servers/{server_id}', 'GET /servers/detail'),
    ]
