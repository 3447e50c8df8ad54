"""The little that the command asks of a cloud that is running: to log in, and to reset it."""

import json
import urllib.error
import urllib.request

from minova import exception

_PATIENCE = 60      # seconds


def log_in(auth_url: str, user: dict) -> str:
    """A token of `user` (see access) for their project. Raises CloudRefuses."""
    identity = {'methods': ['password'], 'password': {'user': {
        'name': user['name'], 'domain': {'name': user['domain']}, 'password': user['password']}}}
    scope = {'project': {'name': user['project'], 'domain': {'name': user['project_domain']}}}
    headers, _body = _post(f'{auth_url}/auth/tokens', {'auth': {'identity': identity, 'scope': scope}})
    return headers['X-Subject-Token']


def reset(compute_url: str, token: str) -> None:
    """Put the cloud back to how it began. Raises CloudRefuses."""
    _post(f'{compute_url}/os-minova-simulator/reset', {}, {'X-Auth-Token': token})


def _post(url: str, body: dict, headers: dict | None = None):
    request = urllib.request.Request(url, json.dumps(body).encode(),
                                     {'Content-Type': 'application/json', **(headers or {})})
    # The cloud is on this machine, and no proxy between.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=_PATIENCE) as answer:
            return answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        said = error.read().decode(errors='replace')
        raise exception.CloudRefuses(url=url, reason=f'{error.code} {said}') from None
    except OSError as error:
        raise exception.CloudRefuses(url=url, reason=getattr(error, 'reason', error)) from None
