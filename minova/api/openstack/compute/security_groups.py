"""Security groups, their rules, and the groups of servers."""

import contextlib

import webob.exc

from minova import compute, exception
from minova.api.openstack import attributes, common, extensions, wsgi
from minova.api.openstack.compute.schemas import security_groups as schema
from minova.api.openstack.compute.views import security_groups as view
from minova.api.validation import security_groups as validation
from minova.policies import security_groups as policies

ALIAS = 'os-security-groups'


@contextlib.contextmanager
def http_errors():
    """The backend's exceptions as HTTP errors."""
    try:
        yield
    except (exception.SecurityGroupNotFound, exception.InstanceNotFound,
            exception.SecurityGroupDefaultRuleNotFound) as e:
        raise webob.exc.HTTPNotFound(explanation=e.message) from None
    except exception.SecurityGroupLimitExceeded as e:
        raise webob.exc.HTTPForbidden(explanation=e.message) from None
    except exception.Invalid as e:
        raise webob.exc.HTTPBadRequest(explanation=e.message) from None


def from_body(body, key: str) -> dict:
    """What the body says under `key`; a 400 when that is nothing."""
    if not body:
        raise webob.exc.HTTPBadRequest(explanation="The request body can't be empty")
    value = body.get(key) if isinstance(body, dict) else None
    if value is None:
        raise webob.exc.HTTPBadRequest(explanation=f'Missing parameter {key}')
    if not isinstance(value, dict):
        raise webob.exc.HTTPBadRequest(explanation='Malformed request body')
    return value


class SecurityGroupController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.security_group_api = compute.SecurityGroupAPI()

    @extensions.expected_errors((400, 404))
    def index(self, req):
        context = req.context
        context.can(policies.BASE)
        offset, limit = common.get_offset_and_limit(req)
        # That it is there counts, whatever it says.
        all_tenants = context.is_admin and 'all_tenants' in req.GET
        groups = self.security_group_api.get_all(context, all_tenants, offset, limit)
        return {'security_groups': [view.group(group) for group in groups]}

    @extensions.expected_errors((400, 404))
    def show(self, req, id):
        req.context.can(policies.BASE)
        with http_errors():
            return {'security_group': view.group(self._get(req, id))}

    @extensions.expected_errors((400, 403))
    def create(self, req, body):
        req.context.can(policies.BASE)
        values = from_body(body, 'security_group')
        with http_errors():
            name, description = _names(values)
            group = self.security_group_api.create(req.context, name, description)
        return {'security_group': view.group(group)}

    @extensions.expected_errors((400, 404))
    def update(self, req, id, body):
        req.context.can(policies.BASE)
        with http_errors():
            group = self._get(req, id)
            values = from_body(body, 'security_group')
            name, description = _names(values)
            group = self.security_group_api.update(req.context, group, name, description)
        return {'security_group': view.group(group)}

    @wsgi.response(202)
    @extensions.expected_errors((400, 404))
    def delete(self, req, id):
        req.context.can(policies.BASE)
        with http_errors():
            self.security_group_api.delete(req.context, self._get(req, id))

    def _get(self, req, id) -> dict:
        return self.security_group_api.get(
            req.context, self.security_group_api.validate_id(id))


def _names(values: dict) -> tuple[str, str]:
    return (validation.text(values.get('name'), 'name'),
            validation.text(values.get('description'), 'description'))


class SecurityGroupRulesController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.security_group_api = compute.SecurityGroupAPI()

    @extensions.expected_errors((400, 403, 404))
    def create(self, req, body):
        context = req.context
        context.can(policies.BASE)
        values = from_body(body, 'security_group_rule')
        with http_errors():
            group = self.security_group_api.get(
                context, self.security_group_api.validate_id(values.get('parent_group_id')))
            rule = self._rule(context, values)
            if rule is None:
                raise exception.Invalid('Not enough parameters to build a valid rule.')
            if validation.has_bad_prefix(rule):
                raise exception.Invalid(f'Bad prefix for network in cidr {rule["cidr"]}')
            rule = self.security_group_api.create_rule(context, group, rule)
        return {'security_group_rule': view.rule(rule)}

    def _rule(self, context, values: dict) -> dict | None:
        wanted = values.get('ip_protocol'), values.get('from_port'), values.get('to_port')
        if values.get('group_id') is None:
            return validation.ingress_rule(
                *wanted, source_cidr=validation.cidr(values.get('cidr')))
        source = self.security_group_api.get(
            context, self.security_group_api.validate_id(values['group_id']))
        return validation.ingress_rule(*wanted, source_group_id=source['id'])

    @wsgi.response(202)
    @extensions.expected_errors((400, 404, 409))
    def delete(self, req, id):
        req.context.can(policies.BASE)
        with http_errors():
            self.security_group_api.delete_rule(
                req.context, self.security_group_api.validate_id(id))


class ServerSecurityGroupController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.compute_api = compute.API()
        self.security_group_api = compute.SecurityGroupAPI()

    @extensions.expected_errors(404)
    def index(self, req, server_id):
        req.context.can(policies.BASE)
        instance = common.get_instance(self.compute_api, req.context, server_id)
        groups = self.security_group_api.get_by_instance(req.context, instance)
        return {'security_groups': [view.group(group) for group in groups]}


class SecurityGroupActionController(wsgi.Controller):

    def __init__(self):
        super().__init__()
        self.compute_api = compute.API()
        self.security_group_api = compute.SecurityGroupAPI()

    @wsgi.response(202)
    @extensions.expected_errors((400, 404, 409))
    @wsgi.action('addSecurityGroup')
    def add(self, req, id, body):
        self._invoke(req, id, body['addSecurityGroup'], self.security_group_api.add_to_instance)

    @wsgi.response(202)
    @extensions.expected_errors((400, 404, 409))
    @wsgi.action('removeSecurityGroup')
    def remove(self, req, id, body):
        self._invoke(
            req, id, body['removeSecurityGroup'], self.security_group_api.remove_from_instance)

    def _invoke(self, req, id, args, method) -> None:
        req.context.can(policies.BASE)
        if not isinstance(args, dict):
            raise webob.exc.HTTPBadRequest(explanation='Missing parameter dict')
        if 'name' not in args:
            raise webob.exc.HTTPBadRequest(explanation='Security group not specified')
        name = args['name']
        if not isinstance(name, str) or not name.strip():
            raise webob.exc.HTTPBadRequest(explanation='Security group name cannot be empty')
        instance = common.get_instance(self.compute_api, req.context, id)
        with http_errors():
            method(req.context, instance, name)


class SecurityGroupsOutputController(attributes.AttributesController):
    """Adds the names of its groups to a server; one that is in none, or gone, has no such key."""

    rule = policies.BASE

    def add(self, req, servers: list[dict]) -> None:
        for server in servers:
            instance = req.get_db_instance(server['id'])
            names = instance['security_groups']
            if names and not instance['deleted']:
                server['security_groups'] = [{'name': name} for name in names]

    @wsgi.extends
    def create(self, req, resp_obj, body):
        if 'server' in resp_obj.obj:
            self.extend(req, [resp_obj.obj['server']])


class SecurityGroupsHook:
    """Takes the names of groups from a request to create a server."""

    alias = ALIAS

    def get_server_create_schema(self) -> dict:
        return schema.server_create

    def server_create(self, server: dict, create_kwargs: dict, body: dict) -> None:
        groups = server.get('security_groups')
        if groups:
            names = [group['name'] for group in groups if group.get('name')]
            create_kwargs['security_groups'] = list(dict.fromkeys(names))


class SecurityGroups(extensions.V21APIExtensionBase):
    """Security groups."""

    name = 'SecurityGroups'
    alias = ALIAS
    description = 'Security group support.'

    def get_resources(self):
        return [
            extensions.ResourceExtension(ALIAS, SecurityGroupController()),
            extensions.ResourceExtension(
                'os-security-group-rules', SecurityGroupRulesController()),
            extensions.ResourceExtension(
                ALIAS, ServerSecurityGroupController(),
                parent={'member_name': 'server', 'collection_name': 'servers'}),
        ]

    def get_controller_extensions(self):
        return [extensions.ControllerExtension(self, 'servers', controller) for controller in (
            SecurityGroupActionController(), SecurityGroupsOutputController())]
