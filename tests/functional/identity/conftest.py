"""The identity API in this process, over a users file with two projects that do not know each other."""

import pytest
import webob

from minova import jsonutils, wsgi
from minova.identity import directory
from minova.testing.overrides import overridden

USERS = """
domains: [{name: other}]
projects: [{name: blue}, {name: red}, {name: shut, enabled: false}]
users:
- {name: root, password: root-secret, projects: {blue: [admin]}, domains: {Default: [admin]}, system: [admin]}
- {name: ann, password: ann-secret, default_project: blue, projects: {blue: [member], shut: [member]},
   email: ann@example.com}
- {name: bob, password: bob-secret, projects: {red: [member], blue: [reader]}}
- {name: carl, password: carl-secret, enabled: false, projects: {blue: [member]}}
- {name: dora, domain: other, password: dora-secret, domains: {other: [member]}}
"""


class Identity:
    """Asks the API, as whoever logs in."""

    def __init__(self, app, users_file):
        self.app = app
        self.users_file = users_file

    def write(self, text: str) -> None:
        """Change the users file, and have it read again."""
        self.users_file.write_text(text)
        directory.reload()

    def request(self, method: str, path: str, body=None, token: str | None = None,
                subject: str | None = None, **headers) -> webob.Response:
        for name, value in (('X-Auth-Token', token), ('X-Subject-Token', subject)):
            if value is not None:
                headers[name] = value
        request = webob.Request.blank(f'/v3{path}', method=method, headers=headers)
        if body is not None:
            request.body = body if isinstance(body, bytes) else jsonutils.dump_as_bytes(body)
        return request.get_response(self.app)

    def get(self, path: str, token: str | None = None, **kwargs) -> webob.Response:
        return self.request('GET', path, token=token, **kwargs)

    def authenticate(self, methods: dict, scope=None) -> webob.Response:
        """:param methods: {method: what is shown}"""
        auth = {'identity': {'methods': list(methods), **methods}}
        if scope is not None:
            auth['scope'] = scope
        return self.request('POST', '/auth/tokens', {'auth': auth})

    def log_in(self, user: str, project: str | None = None, scope=None, domain: str = 'Default') -> str:
        """A token by password, for `project` or another `scope`."""
        if project:
            scope = {'project': {'name': project, 'domain': {'name': 'Default'}}}
        answer = self.authenticate(by_password(user, domain=domain), scope)
        assert answer.status_int == 201, answer.text
        return answer.headers['X-Subject-Token']

    def validate(self, subject: str, token: str | None = None, query: str = '') -> webob.Response:
        """What it means, as `token` or as it itself is told."""
        return self.get(f'/auth/tokens{query}', token=token or subject, subject=subject)


def by_password(user: str, password: str | None = None, domain: str = 'Default') -> dict:
    return {'password': {'user': {
        'name': user, 'domain': {'name': domain}, 'password': password or f'{user}-secret'}}}


def ids() -> dict[str, str]:
    """The ids of users and projects, by name."""
    who = directory.current()
    things = *who.users.values(), *who.projects.values(), *who.domains.values()
    return {each.name: each.id for each in things}


@pytest.fixture(scope='session')
def identity_app(minova_configured):
    return wsgi.Loader().load_app('identity')


@pytest.fixture
def identity(identity_app, minova_database, tmp_path):
    path = tmp_path / 'users.yaml'
    path.write_text(USERS)
    with overridden({'identity.users_file': str(path),
                     'enabled_apis': ['identity', 'osapi_compute', 'volume']}):
        directory.reset()
        yield Identity(identity_app, path)
    directory.reset()
