"""Application credentials: what a user gives to a program that is to act for them, in one project."""

import datetime
import secrets
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from oslo_utils import uuidutils

from minova import exception
from minova.db import application_credentials as queries
from minova.db.types import utcnow
from minova.identity import passwords
from minova.identity.directory import Role, with_implied

if TYPE_CHECKING:
    from minova.identity.tokens import Token


def create(token: 'Token', name: str, secret: str | None = None, description: str | None = None,
           roles: list[dict] | None = None, expires_at: datetime.datetime | None = None,
           unrestricted: bool = False) -> dict:
    """A new credential for the user and the project of `token`, with its `secret`, which is not kept.

    :param roles: as [{'id': ...}] or [{'name': ...}]; None: all that the token has
    :param expires_at: in UTC, naive
    :raises minova.exception.ApplicationCredentialExists: the user has one of this name
    :raises minova.exception.ApplicationCredentialInvalid: the token has not got one of the roles,
        the token is for no project, or the time is over
    """
    if token.project_id is None:
        raise exception.ApplicationCredentialInvalid(detail='it is for a project, and the token is for none')
    if expires_at is not None and expires_at <= utcnow():
        raise exception.ApplicationCredentialInvalid(detail='expires_at is in the past')
    chosen = token.roles if roles is None else [_held(token.roles, role) for role in roles]
    secret = secret or secrets.token_urlsafe(64)
    values = {
        'uuid': uuid.uuid4().hex, 'user_id': token.user.id, 'project_id': token.project_id,
        'name': name, 'description': description, 'secret_hash': passwords.hashed(secret),
        'roles': list(dict.fromkeys(role.name for role in chosen)), 'expires_at': expires_at,
        'unrestricted': unrestricted}
    if not queries.insert(values):
        raise exception.ApplicationCredentialExists(name=name)
    return {**_shown(values), 'secret': secret}


def get_all(user_id: str, name: str | None = None) -> list[dict]:
    """Those of the user, oldest first."""
    return [_shown(row) for row in queries.get_all(user_id) if name in (None, row['name'])]


def get(user_id: str, credential_id: str) -> dict:
    """Raises IdentityNotFound unless it is one of the user's."""
    row = _row(credential_id)
    if row is None or row['user_id'] != user_id:
        raise exception.IdentityNotFound(kind='application credential', id=credential_id)
    return _shown(row)


def delete(user_id: str, credential_id: str) -> None:
    """End it, and the tokens that were made with it. Raises IdentityNotFound."""
    if not _row(credential_id) or not queries.delete(user_id, credential_id):
        raise exception.IdentityNotFound(kind='application credential', id=credential_id)


def find(credential_id: str) -> dict | None:
    """The credential while it is valid."""
    row = _row(credential_id)
    return _shown(row) if row and _is_valid(row) else None


def authenticate(credential_id: str | None, user_id: str | None, name: str | None,
                 secret: str) -> dict | None:
    """The credential with this id, or this name of that user, if the secret is right."""
    row = _row(credential_id) if credential_id else queries.get_by_name(user_id, name)
    if row is None or not passwords.matches(secret, row['secret_hash']) or not _is_valid(row):
        return None
    return _shown(row)


def restrict(roles: list[Role], credential: dict) -> list[Role]:
    """Those of a user's `roles` that the credential gives; none when the user lacks one of them by now."""
    given = with_implied(credential['roles'])
    return [role for role in roles if role.name in given] if given <= {role.name for role in roles} else []


def _row(credential_id: str) -> dict | None:
    # Not every database can compare with every text that a client may send.
    return queries.get(credential_id) if uuidutils.is_uuid_like(credential_id) else None


def _is_valid(row: dict) -> bool:
    return row['expires_at'] is None or row['expires_at'] > utcnow()


def _held(held: Iterable[Role], wanted: dict) -> Role:
    for role in held:
        if wanted.get('id', role.id) == role.id and wanted.get('name', role.name) == role.name:
            return role
    raise exception.ApplicationCredentialInvalid(
        detail=f'Could not find role assignment with role: {wanted.get("id") or wanted.get("name")}.')


def _shown(row: dict) -> dict:
    return {'id': row['uuid'], 'unrestricted': bool(row['unrestricted']), **{
        key: row[key] for key in ('user_id', 'project_id', 'name', 'description', 'roles', 'expires_at')}}
