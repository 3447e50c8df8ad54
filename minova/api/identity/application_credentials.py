"""The application credentials of a user."""

import datetime

from minova import exception
from minova.api import rest, token_cache
from minova.api.identity import schemas, views
from minova.api.identity.tokens import TOKEN
from minova.identity import application_credentials, directory
from minova.policies import identity as policies

_PATH = '/users/{user_id}/application_credentials'


class ApplicationCredentials(rest.Controller):

    @rest.route('GET', _PATH)
    def index(self, req, user_id):
        req.context.can(policies.LIST_APPLICATION_CREDENTIALS, {'user_id': user_id})
        _check_user(user_id)
        return views.listing(req, 'application_credentials', [
            views.application_credential(req, each)
            for each in application_credentials.get_all(user_id, req.GET.get('name'))])

    @rest.route('POST', _PATH, code=201)
    def create(self, req, user_id):
        """Make one for the project of the token, and show its secret, this once."""
        req.context.can(policies.CREATE_APPLICATION_CREDENTIAL, {'user_id': user_id})
        _check_unrestricted(req)
        schemas.check(req.json, schemas.APPLICATION_CREDENTIAL)
        wanted = req.json['application_credential']
        token = req.environ[TOKEN]
        if wanted.get('project_id', token.project_id) != token.project_id:
            raise exception.ApplicationCredentialInvalid(
                detail='it is for the project of the token that it is made with')
        made = application_credentials.create(
            token, wanted['name'], wanted.get('secret'), wanted.get('description'),
            wanted.get('roles') or None, _moment(wanted.get('expires_at')), bool(wanted.get('unrestricted')))
        return {'application_credential': views.application_credential(req, made)}

    @rest.route('GET', _PATH + '/{credential_id}')
    def show(self, req, user_id, credential_id):
        req.context.can(policies.GET_APPLICATION_CREDENTIAL, {'user_id': user_id})
        return {'application_credential': views.application_credential(
            req, application_credentials.get(user_id, credential_id))}

    @rest.route('DELETE', _PATH + '/{credential_id}')
    def delete(self, req, user_id, credential_id):
        req.context.can(policies.DELETE_APPLICATION_CREDENTIAL, {'user_id': user_id})
        _check_unrestricted(req)
        application_credentials.delete(user_id, credential_id)
        token_cache.shared.clear()

    @rest.route('GET', '/users/{user_id}/access_rules')
    def access_rules(self, req, user_id):
        """There are none: see schemas.APPLICATION_CREDENTIAL."""
        req.context.can(policies.LIST_APPLICATION_CREDENTIALS, {'user_id': user_id})
        return views.listing(req, 'access_rules', [])


def _check_user(user_id: str) -> None:
    if user_id not in directory.current().users:
        raise exception.IdentityNotFound(kind='user', id=user_id)


def _check_unrestricted(req: rest.Request) -> None:
    """A program must not make itself further credentials, unless that was allowed when its own was made."""
    credential = req.environ[TOKEN].credential
    if credential and not credential['unrestricted']:
        raise exception.IdentityForbidden(
            action='Using method "application_credential" is not allowed for managing additional application '
                   'credentials')


def _moment(text: str | None) -> datetime.datetime | None:
    """A time as clients write it, in UTC where they do not say otherwise; naive."""
    if text is None:
        return None
    try:
        moment = datetime.datetime.fromisoformat(text.replace('Z', '+00:00'))
        if moment.tzinfo:
            moment = moment.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise exception.ApplicationCredentialInvalid(detail='expires_at is not a time in ISO 8601') from None
    return moment
