"""How clients log in to a cloud: its users, clouds.yaml, and the OS_* variables.

A user is a dict: name, password (None where the users file has a hash only), domain, project (the default
one, or any; None without one), project_domain, admin (whether they administer it).
"""

import shlex

import yaml

from minova import cloud
from minova.conf import CONF
from minova.identity import catalog, directory, passwords, users_file

_ADMIN = 'admin'


def users() -> list[dict]:
    """Those who may log in, as [identity]users_file has them."""
    known = directory.current()
    found = []
    for user in known.users.values():
        if user.name == users_file.SERVICE_USER or not known.may_log_in(user):
            continue
        projects = list(known.scopes_of(user.id, 'project'))
        chosen = user.default_project_id
        if chosen not in projects:
            chosen = next(iter(projects), None)
        project = known.projects.get(chosen)
        roles = known.roles_of(user.id, directory.Scope('project', chosen)) if project else []
        found.append({
            'name': user.name, 'domain': known.domains[user.domain_id].name,
            'password': None if passwords.is_hash(user.password) else user.password,
            'project': project and project.name,
            'project_domain': project and known.domains[project.domain_id].name,
            'admin': any(role.name == _ADMIN for role in roles)})
    return found


def service_urls(served: list[str]) -> dict[str, str]:
    """{type of service: its URL, for clients on this machine} of the APIs that are served."""
    return {kind: _for_this_machine(catalog.listening(name)) + path
            for name, (kind, path) in cloud.SERVICES.items() if name in served}


def _for_this_machine(url: str) -> str:
    for everywhere, here in (('//0.0.0.0:', '//127.0.0.1:'), ('//[::]:', '//[::1]:')):
        url = url.replace(everywhere, here)
    return url


def cloud_name(user: dict) -> str:
    """How clouds.yaml calls the cloud, as `user` sees it."""
    return f'minova-{user["name"]}'


def clouds_yaml(auth_url: str, users: list[dict]) -> str:
    """The text of a clouds.yaml with an entry per user."""
    text = yaml.safe_dump({'clouds': {cloud_name(user): entry(auth_url, user) for user in users}},
                          sort_keys=False)
    return '# Written by minova-cloud at each start.\n' + text


def entry(auth_url: str, user: dict) -> dict:
    """What a clouds.yaml says of the cloud as `user` sees it, and openstacksdk takes as arguments."""
    auth = {'auth_url': auth_url, 'username': user['name'], 'password': user['password'],
            'project_name': user['project'], 'user_domain_name': user['domain'],
            'project_domain_name': user['project_domain']}
    return {'auth_type': 'password', 'auth': {k: v for k, v in auth.items() if v is not None},
            'region_name': CONF.identity.region, 'identity_api_version': '3'}


def environment(auth_url: str, user: dict, clouds: str | None = None) -> dict[str, str]:
    """The OS_* variables with which clients log in as `user`.

    :param clouds: path of a clouds.yaml
    """
    known = entry(auth_url, user)
    variables = {f'OS_{name.upper()}': value for name, value in known['auth'].items()}
    return {'OS_AUTH_TYPE': 'password', **variables, 'OS_IDENTITY_API_VERSION': '3',
            'OS_REGION_NAME': known['region_name'], **({'OS_CLIENT_CONFIG_FILE': clouds} if clouds else {})}


def exports(variables: dict[str, str]) -> str:
    """For `eval` in a shell."""
    return ''.join(f'export {name}={shlex.quote(value)}\n' for name, value in variables.items())
