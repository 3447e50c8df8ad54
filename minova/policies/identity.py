from minova.policies import base

_ADMIN_OR_USER = 'rule:admin_api or user_id:%(user_id)s'
_SERVICE = 'role:service'

VALIDATE_TOKEN = 'identity:validate_token'
REVOKE_TOKEN = 'identity:revoke_token'
LIST_USERS = 'identity:list_users'
GET_USER = 'identity:get_user'
LIST_GROUPS = 'identity:list_groups'
LIST_GROUPS_FOR_USER = 'identity:list_groups_for_user'
LIST_USER_PROJECTS = 'identity:list_user_projects'
LIST_PROJECTS = 'identity:list_projects'
GET_PROJECT = 'identity:get_project'
LIST_DOMAINS = 'identity:list_domains'
GET_DOMAIN = 'identity:get_domain'
LIST_ROLES = 'identity:list_roles'
GET_ROLE = 'identity:get_role'
LIST_ROLE_ASSIGNMENTS = 'identity:list_role_assignments'
LIST_SERVICES = 'identity:list_services'
GET_SERVICE = 'identity:get_service'
LIST_ENDPOINTS = 'identity:list_endpoints'
GET_ENDPOINT = 'identity:get_endpoint'
CREATE_APPLICATION_CREDENTIAL = 'identity:create_application_credential'
LIST_APPLICATION_CREDENTIALS = 'identity:list_application_credentials'
GET_APPLICATION_CREDENTIAL = 'identity:get_application_credential'
DELETE_APPLICATION_CREDENTIAL = 'identity:delete_application_credential'


def list_rules():
    return [
        base.rule(VALIDATE_TOKEN, f'{_ADMIN_OR_USER} or {_SERVICE}',
                  "Ask what a token means: one's own, or as a service that was shown it.",
                  'GET /v3/auth/tokens'),
        base.rule(REVOKE_TOKEN, _ADMIN_OR_USER, 'End a token.', 'DELETE /v3/auth/tokens'),
        base.rule(LIST_USERS, base.ADMIN, 'List users.', 'GET /v3/users'),
        base.rule(GET_USER, _ADMIN_OR_USER, 'See a user.', 'GET /v3/users/{user_id}'),
        base.rule(LIST_GROUPS, base.ADMIN, 'List groups, of which there are none.', 'GET /v3/groups'),
        base.rule(LIST_GROUPS_FOR_USER, _ADMIN_OR_USER, 'List the groups of a user.',
                  'GET /v3/users/{user_id}/groups'),
        base.rule(LIST_USER_PROJECTS, _ADMIN_OR_USER, 'List the projects in which a user has a role.',
                  'GET /v3/users/{user_id}/projects'),
        base.rule(LIST_PROJECTS, base.ADMIN, 'List projects.', 'GET /v3/projects'),
        base.rule(GET_PROJECT, 'rule:admin_api or True:%(is_member)s',
                  'See a project: those in which one has a role, at least.', 'GET /v3/projects/{project_id}'),
        base.rule(LIST_DOMAINS, base.ADMIN, 'List domains.', 'GET /v3/domains'),
        base.rule(GET_DOMAIN, 'rule:admin_api or domain_id:%(domain_id)s or user_domain_id:%(domain_id)s',
                  "See a domain: one's own, at least.", 'GET /v3/domains/{domain_id}'),
        base.rule(LIST_ROLES, base.ADMIN, 'List roles.', 'GET /v3/roles'),
        base.rule(GET_ROLE, base.ADMIN, 'See a role.', 'GET /v3/roles/{role_id}'),
        base.rule(LIST_ROLE_ASSIGNMENTS, base.ADMIN, 'List who has which role where.',
                  'GET /v3/role_assignments'),
        base.rule(LIST_SERVICES, base.ADMIN, 'List services.', 'GET /v3/services'),
        base.rule(GET_SERVICE, base.ADMIN, 'See a service.', 'GET /v3/services/{service_id}'),
        base.rule(LIST_ENDPOINTS, base.ADMIN, 'List endpoints.', 'GET /v3/endpoints'),
        base.rule(GET_ENDPOINT, base.ADMIN, 'See an endpoint.', 'GET /v3/endpoints/{endpoint_id}'),
        base.rule(CREATE_APPLICATION_CREDENTIAL, 'user_id:%(user_id)s',
                  'Make an application credential, for oneself.',
                  'POST /v3/users/{user_id}/application_credentials'),
        base.rule(LIST_APPLICATION_CREDENTIALS, _ADMIN_OR_USER, 'List the application credentials of a user.',
                  'GET /v3/users/{user_id}/application_credentials'),
        base.rule(GET_APPLICATION_CREDENTIAL, _ADMIN_OR_USER, 'See an application credential of a user.',
                  'GET /v3/users/{user_id}/application_credentials/{application_credential_id}'),
        base.rule(DELETE_APPLICATION_CREDENTIAL, _ADMIN_OR_USER,
                  'Delete an application credential of a user.',
                  'DELETE /v3/users/{user_id}/application_credentials/{application_credential_id}'),
    ]
