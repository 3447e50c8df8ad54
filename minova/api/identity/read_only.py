"""What a Keystone would let an administrator change, and what is changed in a file here."""

from minova import exception
from minova.api import rest

_COLLECTIONS = ('users', 'projects', 'domains', 'groups', 'roles', 'services', 'endpoints', 'regions')
_GRANTS = ('/projects/{target_id}/users/{user_id}/roles/{role_id}',
           '/domains/{target_id}/users/{user_id}/roles/{role_id}', '/system/users/{user_id}/roles/{role_id}')


def _refuse(self, req, **variables):
    raise exception.IdentityReadOnly()


for _name in _COLLECTIONS:
    _refuse = rest.route('POST', f'/{_name}')(_refuse)
    for _method in ('PATCH', 'PUT', 'DELETE'):
        _refuse = rest.route(_method, f'/{_name}/{{id}}')(_refuse)
for _path in _GRANTS:
    for _method in ('PUT', 'DELETE'):
        _refuse = rest.route(_method, _path)(_refuse)
_refuse = rest.route('POST', '/users/{user_id}/password')(_refuse)


class ReadOnly(rest.Controller):

    refuse = _refuse
