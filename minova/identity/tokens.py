"""Tokens: made at a login, presented with each request, and confirmed or not.

The text of a token is its claims in JSON, encrypted and signed (Fernet). What a user may do is not among the
claims: it is looked up in the directory whenever the token is confirmed, so that a user who is gone, has a
new password or has lost their role is locked out with the tokens of before.
"""

import dataclasses
import secrets
import time

from cryptography.fernet import InvalidToken

from minova import exception, jsonutils
from minova.conf import CONF
from minova.db import revoked_tokens
from minova.identity import application_credentials, directory, keys
from minova.identity.directory import Role, Scope, User

_VERSION = 1
_LONGEST = 2048     # characters; no token of ours comes near


@dataclasses.dataclass(frozen=True)
class Token:
    """A token that is valid.

    :ivar scope: where its roles hold; None: it is unscoped, and there are none
    :ivar audit_ids: its own, and that of the first of the chain of tokens that it was made from
    :ivar issued_at: seconds since 1970; likewise expires_at
    :ivar credential: the application credential that it was made with, as
        application_credentials.get returns it
    """

    user: User
    scope: Scope | None
    methods: tuple[str, ...]
    audit_ids: tuple[str, ...]
    issued_at: float
    expires_at: float
    roles: tuple[Role, ...] = ()
    credential: dict | None = None

    @property
    def role_names(self) -> list[str]:
        return [role.name for role in self.roles]

    @property
    def project_id(self) -> str | None:
        return self.scope.id if self.scope and self.scope.kind == 'project' else None

    @property
    def domain_id(self) -> str | None:
        return self.scope.id if self.scope and self.scope.kind == 'domain' else None


def issue(user: User, scope: Scope | None, methods: tuple[str, ...], parent: Token | None = None,
          credential: dict | None = None) -> tuple[str, Token]:
    """The text of a new token for `user`, and what it means.

    :param parent: the token that was shown for it: the new one does not live longer
    :raises minova.exception.Unauthorized: the user may not log in, or has no role there
    """
    now = time.time()
    own_id = secrets.token_urlsafe(16)
    token = _with_roles(Token(
        user, scope, methods, (own_id, parent.audit_ids[-1]) if parent else (own_id,), now,
        parent.expires_at if parent else float(int(now) + CONF.token.expiration), credential=credential))
    if token is None:
        raise exception.Unauthorized()
    signer = keys.current()
    claims = [_VERSION, user.id, scope, methods, token.audit_ids, token.issued_at, token.expires_at,
              credential and credential['id'], user.fingerprint(signer.derive('passwords'))]
    return signer.fernet.encrypt(jsonutils.dump_as_bytes(claims)).decode().rstrip('='), token


def validate(text: str, allow_expired: bool = False) -> Token:
    """What the token means.

    :param allow_expired: take it for [token]allow_expired_window seconds longer
    :raises minova.exception.TokenNotFound: it is none, has expired, was revoked, or is of a user
        who may not log in any more
    """
    if len(text) > _LONGEST:
        raise exception.TokenNotFound()
    signer = keys.current()
    try:
        claims = jsonutils.loads(signer.fernet.decrypt(text + '=' * (-len(text) % 4)))
    except (InvalidToken, ValueError):      # the latter for what is not ASCII
        raise exception.TokenNotFound() from None
    if claims[0] != _VERSION:
        raise exception.TokenNotFound()
    _, user_id, scope, methods, audit_ids, issued_at, expires_at, credential_id, fingerprint = claims
    window = CONF.token.allow_expired_window if allow_expired else 0
    user = directory.current().users.get(user_id)
    if (time.time() >= expires_at + window or user is None
            or user.fingerprint(signer.derive('passwords')) != fingerprint
            or revoked_tokens.is_revoked(audit_ids[0])):
        raise exception.TokenNotFound()
    credential = credential_id and application_credentials.find(credential_id)
    if credential_id and not credential:
        raise exception.TokenNotFound()
    token = _with_roles(Token(user, scope and Scope(*scope), tuple(methods), tuple(audit_ids), issued_at,
                              expires_at, credential=credential))
    if token is None:
        raise exception.TokenNotFound()
    return token


def revoke(token: Token) -> None:
    """Have nobody confirm `token` any more."""
    revoked_tokens.insert(token.audit_ids[0], token.expires_at + CONF.token.allow_expired_window)


def _with_roles(token: Token) -> Token | None:
    """`token` with the roles that the user has in its scope; None when it cannot be used at all."""
    who = directory.current()
    if not who.may_log_in(token.user):
        return None
    if token.scope is None:
        return token
    roles = who.roles_of(token.user.id, token.scope) if who.is_open(token.scope) else []
    if token.credential:
        roles = application_credentials.restrict(roles, token.credential)
    return dataclasses.replace(token, roles=tuple(roles)) if roles else None
