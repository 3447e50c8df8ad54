"""What a Keystone would let an administrator change, and what is changed in a file here."""

from minova import exception
from minova.api import rest

_NOUNS = ('user', 'project', 'domain', 'group', 'role', 'service', 'endpoint', 'region')
_GRANTS = ('/projects/{project_id}/users/{user_id}/roles/{role_id}',
           '/domains/{domain_id}/users/{user_id}/roles/{role_id}', '/system/users/{user_id}/roles/{role_id}')


def _refuse(self, req, **variables):
    raise exception.IdentityReadOnly()


for _noun in _NOUNS:
    rest.route('POST', f'/{_noun}s')(_refuse)
    for _method in ('PATCH', 'PUT', 'DELETE'):
        rest.route(_method, f'/{_noun}s/{{{_noun}_id}}')(_refuse)
for _path in _GRANTS:
    for _method in ('PUT', 'DELETE'):
        rest.route(_method, _path)(_refuse)
rest.route('POST', '/users/{user_id}/password')(_refuse)


class ReadOnly(rest.Controller):

    refuse = _refuse
