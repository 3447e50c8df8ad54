"""From what a client shows to a token: the body of POST /v3/auth/tokens, its schema checked.

Whatever is wrong with what was shown, the answer is the same 401.
"""

from minova import exception
from minova.identity import application_credentials, directory, passwords, tokens
from minova.identity.directory import SYSTEM, Scope, User
from minova.identity.tokens import Token


class _Shown:
    """What a method has found out: whose it is, and the token or credential that it was."""

    def __init__(self, user: User, token: Token | None = None, credential: dict | None = None):
        self.user, self.token, self.credential = user, token, credential


def authenticate(auth: dict) -> tuple[str, Token]:
    """The text of a new token, and what it means.

    :param auth: {'identity': {'methods': [...], METHOD: ...}, 'scope': ...}
    :raises minova.exception.Unauthorized: nobody is that, or they have no role in the scope
    """
    identity = auth['identity']
    methods = tuple(dict.fromkeys(identity['methods']))
    shown = [_show(method, identity) for method in methods]
    user = shown[0].user
    if any(each.user is not user for each in shown):
        raise exception.Unauthorized()
    parent = next((each.token for each in shown if each.token), None)
    credential = next((each.credential for each in shown if each.credential), None)
    if credential:
        scope = _scope_of_credential(auth, credential)
    elif 'scope' in auth:
        scope = _scope(auth['scope'])
    else:
        scope = _default_scope(user)
    if parent:
        methods = tuple(dict.fromkeys((*parent.methods, *methods)))
    return tokens.issue(user, scope, methods, parent, credential)


def _show(method: str, identity: dict) -> _Shown:
    show = {'password': _password, 'token': _token, 'application_credential': _credential}.get(method)
    if show is None:
        raise exception.AuthMethodNotSupported()
    if method not in identity:
        raise exception.Invalid(
            f'Expecting to find {method} in identity. The server could not comply with the request since it '
            'is either malformed or otherwise incorrect. The client is assumed to be in error.')
    return show(identity[method])


def _password(shown: dict) -> _Shown:
    user = _user(shown['user'])
    # As long for a user that there is not as for one that there is.
    kept = user or directory.current().decoy
    if not passwords.matches(shown['user']['password'], kept.password) or user is None:
        raise exception.Unauthorized()
    return _Shown(user)


def _token(shown: dict) -> _Shown:
    try:
        token = tokens.validate(shown['id'])
    except exception.TokenNotFound:
        raise exception.Unauthorized() from None
    return _Shown(token.user, token, token.credential)


def _credential(shown: dict) -> _Shown:
    user = _user(shown['user']) if 'user' in shown else None
    found = None
    if 'id' in shown or user:
        found = application_credentials.authenticate(
            shown.get('id'), user and user.id, shown.get('name'), shown['secret'])
    user = found and directory.current().users.get(found['user_id'])
    if not user:
        raise exception.Unauthorized()
    return _Shown(user, credential=found)


def _scope_of_credential(auth: dict, credential: dict) -> Scope:
    """The only one that it can have."""
    scope = Scope('project', credential['project_id'])
    if 'scope' in auth and ('application_credential' in auth['identity']['methods']
                            or _scope(auth['scope']) != scope):
        raise exception.ApplicationCredentialAuthError(
            detail='Application credentials cannot request a scope.')
    return scope


def _scope(wanted: dict | str) -> Scope | None:
    """The scope that is asked for; None: none is wanted."""
    if wanted == 'unscoped' or 'unscoped' in wanted:
        return None
    if 'system' in wanted:
        return SYSTEM
    if 'domain' in wanted:
        domain = directory.current().find_domain(wanted['domain'].get('id'), wanted['domain'].get('name'))
        found = domain and Scope('domain', domain.id)
    else:
        project = _project(wanted['project'])
        found = project and Scope('project', project.id)
    if not found:
        raise exception.Unauthorized()
    return found


def _default_scope(user: User) -> Scope | None:
    """The user's default project, if they have a role there."""
    if user.default_project_id:
        scope = Scope('project', user.default_project_id)
        who = directory.current()
        if who.is_open(scope) and who.roles_of(user.id, scope):
            return scope
    return None


def _user(wanted: dict) -> User | None:
    return directory.current().find_user(wanted.get('id'), wanted.get('name'), _domain_id(wanted))


def _project(wanted: dict):
    return directory.current().find_project(wanted.get('id'), wanted.get('name'), _domain_id(wanted))


def _domain_id(wanted: dict) -> str | None:
    """The domain in which the name of `wanted` holds."""
    if 'domain' not in wanted:
        return None
    domain = directory.current().find_domain(wanted['domain'].get('id'), wanted['domain'].get('name'))
    return domain and domain.id
